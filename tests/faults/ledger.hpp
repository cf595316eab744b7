#pragma once

#include "base/file.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace faults {

/// What somebody asks the product to write.
struct Wish
{
    /// Found again at the beginning of the text, followed by a blank; "w3n17x" is the 17th of writer 3.
    std::string token;
    /// "create", "comment", "note", "Resolved" or "Pending".
    std::string kind;
    std::string username;
    /// 0 for a new service request.
    std::int64_t service_request = 0;
    std::string text_hash;
    std::vector<std::string> file_hashes;
};

enum class Fate : std::uint8_t
{
    Unknown,
    Acknowledged,
    Rejected
};

/// What the harness knows of one wish from the answers alone.
struct Entry
{
    Wish wish;
    Fate fate = Fate::Unknown;
    /// Of the service request or the comment; 0 when the answer names none.
    std::int64_t id = 0;
    /// How often it was sent.
    int attempts = 0;
};

using Entries = std::map<std::string, Entry>;

/// One line for each step of each wish, on the disk before the next step. Thread-safe.
class Ledger
{
  public:
    explicit Ledger(const std::filesystem::path& file);

    void sent(const Wish& wish);
    void acknowledged(const std::string& token, std::int64_t id);
    void rejected(const std::string& token, int status);
    void unknown(const std::string& token, std::string_view why);

    /// Reads a ledger back, for an audit that trusts nothing else. A wish without result counts as unknown.
    static Entries load(const std::filesystem::path& file);

  private:
    void add(const std::string& line);

    std::mutex mutex_;
    base::Descriptor file_;
};

} // namespace faults
