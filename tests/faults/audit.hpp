#pragma once

#include "faults/copy.hpp"
#include "faults/ledger.hpp"

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace faults {

/// What was there before the first wish: the made-up town, whose rows no ledger knows.
struct Baseline
{
    std::int64_t service_request = 0;
    std::int64_t comment = 0;
    std::int64_t submissions = 0;

    static Baseline of(DatabaseCopy& db);
};

struct AuditPaths
{
    std::filesystem::path ledger;
    /// A file, or the URL of a server.
    std::string database;
    std::filesystem::path attachments;
    /// For the copy of the database.
    std::filesystem::path scratch;
};

/// Compares a stopped product's database and files with the ledger. Used by one thread, once.
class Audit
{
  public:
    Audit(const AuditPaths& paths, const Baseline& baseline);

    /// What is wrong, in words; nothing when all is well. Files in `verified` (stored name) have been read before and
    /// are not read again; those read now are added.
    std::vector<std::string> run(std::set<std::string>& verified);

    /// Files that no row names and that the sweeper has to remove; known after run().
    const std::vector<std::filesystem::path>& unnamed_files() const { return unnamed_files_; }
    const Entries& entries() const { return entries_; }
    /// Wishes that are in the database; known after run().
    std::size_t present() const { return present_; }

  private:
    struct Text
    {
        std::int64_t id;
        std::int64_t service_request;
        std::string username;
        std::string hash;
        bool is_internal;
    };
    struct File
    {
        std::string stored_name;
        std::string hash;
        std::int64_t size;
        bool is_internal;
    };
    using Owner = std::pair<std::int64_t, std::int64_t>;

    void complain(std::string text);
    void read_texts();
    void add_text(const std::string& text, Text row);
    void read_files();
    void check_entry(const Entry& entry);
    void check_row(const Entry& entry, const Text& row);
    void check_unasked();
    void check_submissions();
    void check_changes();
    void check_rules();
    void check_integrity();
    void check_histories();
    void check_named_files(std::set<std::string>& verified);
    void check_unnamed_files();

    AuditPaths paths_;
    Baseline baseline_;
    Entries entries_;
    DatabaseCopy db_;
    std::vector<std::string> complaints_;
    std::multimap<std::string, Text> texts_;
    std::map<Owner, std::vector<File>> files_;
    std::set<std::string> named_;
    std::vector<std::filesystem::path> unnamed_files_;
    std::size_t present_ = 0;
};

} // namespace faults
