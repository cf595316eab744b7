#pragma once
// commands/backup/ makes, checks and restores backups: DIR/<UTC time>/ holds a database and its manifest, DIR/files/
// the attachments of all of them, each once by its SHA-256. What is being made is in DIR/.unfinished and renamed at the
// end.

#include "base/time.hpp"
#include "db/lock_file.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace commands::backup {

/// How a person follows it.
struct Progress
{
    /// While a step runs: what, how much of which amount.
    std::function<void(std::string_view what, std::int64_t done, std::int64_t total)> bar;
    /// What a finished step did.
    std::function<void(const std::string& line)> step;
};
/// Tells nobody.
Progress no_progress();

/// The directory that holds all backups of a site.
class Directory
{
  public:
    explicit Directory(std::filesystem::path root) : root_(std::filesystem::absolute(std::move(root))) {}

    const std::filesystem::path& root() const { return root_; }
    std::filesystem::path unfinished() const { return root_ / ".unfinished"; }
    std::filesystem::path files() const { return root_ / "files"; }
    /// Where a file of this hash is kept.
    std::filesystem::path file(std::string_view sha256) const;
    std::filesystem::path backup(std::string_view name) const { return root_ / name; }

    /// Names of all finished backups, oldest first, damaged ones too.
    std::vector<std::string> list() const;
    /// Makes the directory where only it is missing. Throws Refused.
    void make() const;
    /// Keeps other runs out. Throws Refused when there is one.
    db::LockFile lock() const;
    /// The same for one who only reads, also where nothing can be written: then nobody else writes either.
    std::optional<db::LockFile> lock_for_reading() const;

  private:
    std::filesystem::path root_;
};

/// "2026-11-28T015524Z", and back; nothing for any other text.
std::string name_of(base::Time time);
std::optional<base::Time> time_of(std::string_view name);

/// Makes a directory for our user alone. Throws std::system_error.
void make_private_directory(const std::filesystem::path& path);

/// The backup that somebody named: itself, or the newest in the directory. Throws Refused when there is none.
struct Named
{
    Directory directory;
    std::string name;
    std::filesystem::path path() const { return directory.backup(name); }
};
Named find_backup(const std::filesystem::path& place);

} // namespace commands::backup
