#pragma once

#include "commands/backup/destination.hpp"
#include "commands/backup/objects.hpp"

#include <chrono>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace commands::backup {

/// A bucket of an S3-compatible store, laid out as a directory is. A file of the database is in pieces of at most 16
/// MiB, `TIME/PATH.000000` and so on, so that neither memory nor one request grows with it. The manifest comes last and
/// makes it a backup. Each run names in `running/ID` what is no backup yet, or no more.
class Bucket final : public Destination
{
  public:
    static constexpr std::uint64_t most_piece_bytes = std::uint64_t{16} << 20U;

    /// `directory` is for files under way; its parent is made when missing. Asks the store nothing yet. Throws
    /// std::system_error.
    Bucket(storage::S3Settings settings, std::filesystem::path directory, std::uint64_t piece_bytes = most_piece_bytes);

    std::string place() const override { return objects_.bucket().settings().url(); }
    std::string place_of_file(std::string_view sha256) const override;
    std::vector<std::string> list() const override;
    base::Descriptor open(std::string_view name, std::string_view file) const override;
    base::Descriptor open_file(std::string_view sha256) const override;
    std::filesystem::path local_parts(const std::string& name, const Manifest& manifest) const override;
    /// Only against runs on this machine: whoever reads may be unable to write. A backup that another one removes
    /// meanwhile is then incomplete for its reader.
    std::unique_ptr<Hold> lock_for_reading() const override { return lock_locally(); }
    /// A bucket is made by its owner.
    void make() const override {}
    std::unique_ptr<Hold> lock() override;
    std::filesystem::path scratch() const override { return directory_ / "run"; }
    bool holds(const Print& print) const override;
    void hold(const std::filesystem::path& copy, const Print& print) override;
    /// A bucket stores before it answers.
    void settle() override {}
    std::string finish(
        const std::filesystem::path& made, const Manifest& manifest, base::Time now, const Progress& progress) override;
    void remove(const std::vector<std::string>& names) override;
    std::size_t remove_files_except(const std::unordered_set<std::string>& named) override;

  private:
    struct Mark
    {
        std::string id;
        base::Time changed;
        /// Of backups that are none without a manifest.
        std::vector<std::string> names;
    };
    class Run;

    std::unique_ptr<Hold> lock_locally() const;
    std::vector<Mark> list_marks() const;
    /// Names what is no backup without a manifest from now on.
    void mark(const std::vector<std::string>& names);
    /// Throws Refused when another run may be under way; removes what one left that cannot be.
    void require_alone();
    /// Removes the mark, unless it names something; then the next run does.
    void end_run();
    void require_in_time() const;
    void remove_unfinished(const std::vector<std::string>& names);
    void remove_objects(const std::vector<std::string>& names);
    base::Descriptor fetch_or_throw(std::string_view name) const;

    std::filesystem::path directory_;
    Objects objects_;
    std::string id_;
    std::vector<std::string> marked_;
    std::chrono::steady_clock::time_point begun_;
    mutable std::mutex mutex_;
    /// Sizes of the held files by SHA-256, since the first question.
    mutable std::optional<std::map<std::string, std::uint64_t, std::less<>>> held_;
};

} // namespace commands::backup
