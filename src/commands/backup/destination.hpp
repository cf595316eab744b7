#pragma once
// commands/backup/ makes, checks and restores backups. A destination holds all backups of a site: TIME/ (in UTC) a
// database and its manifest, files/ the attachments of all of them, each once by its SHA-256. It is a directory or a
// bucket of an S3-compatible store.

#include "base/file.hpp"
#include "base/time.hpp"
#include "commands/backup/copying.hpp"
#include "server/settings/config.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace commands::backup {

struct Manifest;

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

/// Keeps other runs out while it lives.
class Hold
{
  public:
    Hold() = default;
    virtual ~Hold() = default;
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;
};

/// Where the backups of a site are. A finished backup never changes. Reading throws std::system_error for what is
/// missing or unreadable; a bucket that does not answer throws base::Unavailable in plain words.
class Destination
{
  public:
    Destination() = default;
    virtual ~Destination() = default;
    Destination(const Destination&) = delete;
    Destination& operator=(const Destination&) = delete;

    /// For messages: "/backup/gas" or "s3://bucket/prefix".
    virtual std::string place() const = 0;
    /// Of a backup, or of a file in it.
    std::string place_of(std::string_view name) const;
    virtual std::string place_of_file(std::string_view sha256) const = 0;

    /// Names of all finished backups, oldest first, damaged ones too.
    virtual std::vector<std::string> list() const = 0;
    /// Opens the manifest or its hash, at its beginning.
    virtual base::Descriptor open(std::string_view name, std::string_view file) const = 0;
    /// Opens an attachment's file, at its beginning.
    virtual base::Descriptor open_file(std::string_view sha256) const = 0;
    /// A local directory with the parts of the saved database by their paths, not compared with their SHA-256 yet. A
    /// part that is missing is missing there, too. Needs a hold.
    virtual std::filesystem::path local_parts(const std::string& name, const Manifest& manifest) const = 0;
    /// Keeps out those that would change what is read. Nothing where that cannot happen. Throws Refused.
    virtual std::unique_ptr<Hold> lock_for_reading() const = 0;

    /// Makes the destination where only it is missing. Throws Refused.
    virtual void make() const = 0;
    /// Keeps other runs out, and removes what killed ones left under names of backups. Throws Refused when there is
    /// one. All that follows needs it.
    virtual std::unique_ptr<Hold> lock() = 0;
    /// A local directory for what is under way.
    virtual std::filesystem::path scratch() const = 0;
    /// Empties scratch(), and makes a directory in it for the new backup, which it returns.
    std::filesystem::path begin() const;
    /// True when the file is held, of the right size. Thread-safe.
    virtual bool holds(const Print& print) const = 0;
    /// Takes over a compared copy from scratch(). Thread-safe.
    virtual void hold(const std::filesystem::path& copy, const Print& print) = 0;
    /// Returns when all held files are durable.
    virtual void settle() = 0;
    /// Makes a backup of what lies in begin()'s directory: all at once, durable on return. Returns its name.
    virtual std::string finish(
        const std::filesystem::path& made, const Manifest& manifest, base::Time now, const Progress& progress) = 0;
    /// Removes backups, each at once.
    virtual void remove(const std::vector<std::string>& names) = 0;
    /// Removes the held files that are not among these; returns how many.
    virtual std::size_t remove_files_except(const std::unordered_set<std::string>& named) = 0;
};

/// "2026-11-28T015524Z", and back; nothing for any other text.
std::string name_of(base::Time time);
std::optional<base::Time> time_of(std::string_view name);

/// The first name from `now` on that is not taken: at most one a second.
std::string free_name(base::Time now, const std::function<bool(const std::string&)>& is_taken);

/// A directory, or s3://BUCKET/PREFIX in the store that the settings name. Throws server::UsageError for what is no
/// name of a bucket, and Refused.
std::unique_ptr<Destination> open_destination(const std::string& place, const server::Config& config);

/// The backup that somebody named: itself, or the newest in the destination. Throws Refused when there is none.
struct Named
{
    std::shared_ptr<const Destination> destination;
    std::string name;
    std::string place() const { return destination->place_of(name); }
};
Named find_backup(const std::string& place, const server::Config& config);

} // namespace commands::backup
