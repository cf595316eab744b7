#include "storage/local_store.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <stdexcept>

namespace storage {

namespace {

constexpr std::string_view trash = "trash";
constexpr std::size_t beginning_length = 2;
constexpr std::size_t most_note_bytes = 1024;
/// A viewer asks for a document in hundreds of ranges, one soon after the other.
constexpr std::chrono::seconds compared_for{60};

/// Changes with whatever writes to the file in the usual way.
std::string version_of(const base::Descriptor& file)
{
    struct stat status
    {
    };
    if (::fstat(file.get(), &status) != 0) {
        return {};
    }
    return fmt::format("{}:{}:{}:{}.{}:{}.{}", status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec,
        status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec);
}

void move_durably(const std::filesystem::path& from, const std::filesystem::path& to)
{
    base::sync_file(base::open_file(from, O_RDONLY | O_NOFOLLOW));
    base::rename_durably(from, to);
}

} // namespace

LocalStore::LocalStore(std::filesystem::path root) : root_(std::move(root))
{
    std::filesystem::create_directories(temporary_directory());
}

std::string LocalStore::place() const
{
    return "the directory " + root_.string();
}

std::optional<std::string> LocalStore::find_note(std::string_view name) const
{
    const std::filesystem::path path = root_ / name;
    if (!changed_at(path)) {
        return std::nullopt;
    }
    return std::string(base::trim(base::read_file(path, most_note_bytes)));
}

void LocalStore::set_note(std::string_view name, std::string_view text)
{
    base::write_file_durably(root_ / name, std::string(text) + "\n");
}

std::filesystem::path LocalStore::temporary_directory() const
{
    return root_ / "tmp";
}

std::filesystem::path LocalStore::path_of(std::string_view stored_name) const
{
    if (!is_stored_name(stored_name)) {
        throw std::invalid_argument("not a name of a stored file");
    }
    return root_ / stored_name.substr(0, beginning_length) / stored_name;
}

void LocalStore::make_directory(const std::filesystem::path& directory)
{
    const std::lock_guard lock(new_directory_);
    if (std::filesystem::create_directory(directory)) {
        base::sync_directory(directory.parent_path());
    }
}

void LocalStore::put(std::string_view stored_name, const std::filesystem::path& uploaded, std::string_view /*sha256*/)
{
    const std::filesystem::path path = path_of(stored_name);
    make_directory(path.parent_path());
    move_durably(uploaded, path);
}

base::Descriptor LocalStore::open(const FileKey& file) const
{
    const std::filesystem::path path = path_of(file.stored_name);
    if (!changed_at(path)) {
        throw base::NotFound("the file " + path.string() + " is missing");
    }
    base::Descriptor opened = base::open_file(path, O_RDONLY | O_NOFOLLOW);
    const std::string version = version_of(opened);
    if (compared_.has(file.stored_name, version)) {
        return opened;
    }
    if (const std::string found = sha256_of(opened); found != file.sha256) {
        throw DamagedFile(
            fmt::format("the file {} is damaged: its SHA-256 is {} instead of {}", path.string(), found, file.sha256));
    }
    compared_.add(file.stored_name, version);
    return opened;
}

bool LocalStore::Compared::has(std::string_view name, std::string_view version)
{
    const std::lock_guard lock(mutex_);
    return std::ranges::any_of(recent_, [&](const Entry& entry) {
        return entry.name == name && entry.version == version && Clock::now() < entry.until;
    });
}

void LocalStore::Compared::add(std::string_view name, std::string version)
{
    const std::lock_guard lock(mutex_);
    recent_[next_++ % recent_.size()] = {
        .name = std::string(name), .version = std::move(version), .until = Clock::now() + compared_for};
}

void LocalStore::remove(std::string_view stored_name)
{
    base::remove_file(path_of(stored_name));
}

void LocalStore::list(const std::function<Listing(KeptFile)>& tell) const
{
    for (const auto& directory : std::filesystem::directory_iterator(root_)) {
        const std::string beginning = directory.path().filename().string();
        if (beginning.size() != beginning_length || !directory.is_directory()) {
            continue;
        }
        for (const auto& entry : std::filesystem::directory_iterator(directory)) {
            KeptFile file{.stored_name = entry.path().filename().string()};
            const auto changed = changed_at(entry.path());
            if (!changed || !is_stored_name(file.stored_name) || !file.stored_name.starts_with(beginning)) {
                continue;
            }
            file.put_at = *changed;
            if (tell(std::move(file)) == Listing::Ends) {
                return;
            }
        }
    }
}

std::filesystem::path LocalStore::trash_path_of(const TrashedFile& file) const
{
    if (!is_stored_name(file.stored_name) || !is_trash_day(file.day)) {
        throw std::invalid_argument("not a name of a file in the trash");
    }
    return root_ / trash / file.day / file.stored_name;
}

bool LocalStore::move_to_trash(const TrashedFile& file)
{
    const std::filesystem::path kept = path_of(file.stored_name);
    const std::filesystem::path trashed = trash_path_of(file);
    if (!changed_at(kept)) {
        return false;
    }
    make_directory(root_ / trash);
    make_directory(trashed.parent_path());
    base::rename_durably(kept, trashed);
    return true;
}

std::vector<TrashedFile> LocalStore::list_trash() const
{
    std::vector<TrashedFile> files;
    if (!std::filesystem::is_directory(root_ / trash)) {
        return files;
    }
    for (const auto& day : std::filesystem::directory_iterator(root_ / trash)) {
        if (!is_trash_day(day.path().filename().string()) || !day.is_directory()) {
            continue;
        }
        for (const auto& entry : std::filesystem::directory_iterator(day)) {
            if (is_stored_name(entry.path().filename().string())) {
                files.push_back({.stored_name = entry.path().filename(), .day = day.path().filename()});
            }
        }
    }
    return files;
}

void LocalStore::bring_back(const TrashedFile& file)
{
    const std::filesystem::path kept = path_of(file.stored_name);
    make_directory(kept.parent_path());
    base::rename_durably(trash_path_of(file), kept);
}

void LocalStore::remove_from_trash(const TrashedFile& file)
{
    const std::filesystem::path trashed = trash_path_of(file);
    base::remove_file(trashed);
    // The day goes with its last file.
    std::error_code is_not_empty;
    std::filesystem::remove(trashed.parent_path(), is_not_empty);
}

} // namespace storage
