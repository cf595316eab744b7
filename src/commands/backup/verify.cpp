#include "commands/backup/verify.hpp"

#include "commands/backup/copying.hpp"
#include "commands/backup/manifest.hpp"
#include "db/snapshot.hpp"
#include "storage/at_once.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
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

    void compare(const fs::path& path, const Print& expected)
    {
        try {
            const Print found = read_whole(base::open_file(path, O_RDONLY | O_NOFOLLOW));
            if (found == expected)
                return count(found);
            tell(fmt::format("{} is damaged: {} bytes with the SHA-256 {} instead of {} with {}", path.string(),
                found.size, found.sha256, expected.size, expected.sha256));
        } catch (const std::system_error& error) {
            tell(fmt::format("{} cannot be read: {}", path.string(), error.code().message()));
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
    const Directory& directory, std::vector<SavedFile> files, Comparison& comparison, const Progress& progress)
{
    std::ranges::sort(files, {}, &SavedFile::sha256);
    const auto same = std::ranges::unique(files, {}, &SavedFile::sha256);
    files.erase(same.begin(), same.end());
    constexpr std::size_t at_once = 64;
    for (std::size_t first = 0; first < files.size(); first += at_once) {
        const std::size_t count = std::min(at_once, files.size() - first);
        storage::for_each_at_once(count, [&](std::size_t i) {
            const SavedFile& file = files[first + i];
            comparison.compare(directory.file(file.sha256), {.sha256 = file.sha256, .size = file.size});
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
        manifest = read_manifest(backup.path());
    } catch (const BadManifest& error) {
        comparison.tell(error.what());
        return verified;
    }
    for (const Part& part : manifest.parts) {
        progress.bar("database", 0, 1);
        comparison.compare(backup.path() / part.path, {.sha256 = part.sha256, .size = part.size});
    }
    if (manifest.parts.empty())
        comparison.tell("there is no database in it");
    if (manifest.engine == db::Engine::Sqlite && verified.findings.empty()) {
        const std::string damage = db::find_damage_in_copy(backup.path() / manifest.parts.front().path);
        if (!damage.empty())
            comparison.tell(fmt::format("the database is damaged: {}", damage));
    }
    compare_files(backup.directory, manifest.files, comparison, progress);
    verified.missing = std::move(manifest.missing);
    std::ranges::sort(verified.findings);
    return verified;
}

} // namespace commands::backup
