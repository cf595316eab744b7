#include "commands/backup/verify.hpp"

#include "commands/backup/copying.hpp"
#include "commands/backup/manifest.hpp"
#include "db/snapshot.hpp"
#include "storage/at_once.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <mutex>
#include <system_error>

namespace commands::backup {

namespace {

namespace fs = std::filesystem;

/// Compares files, by many threads.
class Comparison
{
  public:
    explicit Comparison(Verified& verified) : verified_(verified) {}

    /// `open` may throw std::system_error.
    void compare(const std::string& place, const std::function<base::Descriptor()>& open, const Print& expected)
    {
        try {
            const Print found = read_whole(open());
            if (found == expected)
                return count(found);
            tell(fmt::format("{} is damaged: {} bytes with the SHA-256 {} instead of {} with {}", place, found.size,
                found.sha256, expected.size, expected.sha256));
        } catch (const std::system_error& error) {
            tell(fmt::format("{} cannot be read: {}", place, error.code().message()));
        }
    }
    void tell(std::string finding)
    {
        const std::lock_guard lock(mutex_);
        verified_.findings.push_back(std::move(finding));
    }

  private:
    void count(const Print& print)
    {
        const std::lock_guard lock(mutex_);
        ++verified_.files;
        verified_.bytes += print.size;
    }

    Verified& verified_;
    std::mutex mutex_;
};

void compare_files(
    const Destination& destination, std::vector<SavedFile> files, Comparison& comparison, const Progress& progress)
{
    std::ranges::sort(files, {}, &SavedFile::sha256);
    const auto same = std::ranges::unique(files, {}, &SavedFile::sha256);
    files.erase(same.begin(), same.end());
    constexpr std::size_t at_once = 64;
    for (std::size_t first = 0; first < files.size(); first += at_once) {
        const std::size_t count = std::min(at_once, files.size() - first);
        storage::for_each_at_once(count, [&](std::size_t i) {
            const SavedFile& file = files[first + i];
            comparison.compare(destination.place_of_file(file.sha256),
                [&] { return destination.open_file(file.sha256); }, {.sha256 = file.sha256, .size = file.size});
        });
        progress.bar("files", static_cast<std::int64_t>(first + count), static_cast<std::int64_t>(files.size()));
    }
}

} // namespace

Verified verify(const Named& backup, const Progress& progress)
{
    Verified verified;
    Comparison comparison(verified);
    Manifest manifest;
    try {
        manifest = read_manifest(*backup.destination, backup.name);
    } catch (const BadManifest& error) {
        comparison.tell(error.what());
        return verified;
    }
    progress.bar("database", 0, 1);
    const fs::path parts = backup.destination->local_parts(backup.name, manifest);
    for (const Part& part : manifest.parts) {
        comparison.compare(backup.place() + "/" + part.path,
            [&] { return base::open_file(parts / part.path, O_RDONLY | O_NOFOLLOW); },
            {.sha256 = part.sha256, .size = part.size});
    }
    if (manifest.parts.empty())
        comparison.tell("there is no database in it");
    if (manifest.engine == db::Engine::Sqlite && verified.findings.empty()) {
        const std::string damage = db::find_damage_in_copy(parts / manifest.parts.front().path);
        if (!damage.empty())
            comparison.tell(fmt::format("the database is damaged: {}", damage));
    }
    compare_files(*backup.destination, manifest.files, comparison, progress);
    verified.missing = std::move(manifest.missing);
    std::ranges::sort(verified.findings);
    return verified;
}

} // namespace commands::backup
