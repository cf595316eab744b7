#include "commands/backup/directory.hpp"

#include "commands/commands.hpp"
#include "db/lock_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace commands::backup {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t beginning_length = 2;

class LockedFile final : public Hold
{
  public:
    LockedFile(const fs::path& directory, const std::string& what) : lock_((directory / ".lock").string(), what) {}

  private:
    db::LockFile lock_;
};

} // namespace

std::unique_ptr<Hold> lock_directory(const fs::path& directory, const std::string& what)
{
    try {
        return std::make_unique<LockedFile>(directory, what);
    } catch (const db::InUse& error) {
        throw Refused(fmt::format("{}; only one backup, check or restore at a time", error.what()));
    }
}

void make_private_directory(const fs::path& path)
{
    if (::mkdir(path.c_str(), S_IRWXU) != 0 && errno != EEXIST)
        throw std::system_error(errno, std::generic_category(), "cannot make " + path.string());
}

fs::path Directory::file(std::string_view sha256) const
{
    return files() / sha256.substr(0, beginning_length) / sha256;
}

std::vector<std::string> Directory::list() const
{
    std::vector<std::string> names;
    if (!fs::is_directory(root_))
        return names;
    for (const auto& entry : fs::directory_iterator(root_)) {
        const std::string name = entry.path().filename().string();
        if (time_of(name) && entry.is_directory())
            names.push_back(name);
    }
    std::ranges::sort(names);
    return names;
}

base::Descriptor Directory::open(std::string_view name, std::string_view file) const
{
    return base::open_file(backup(name) / file, O_RDONLY);
}

base::Descriptor Directory::open_file(std::string_view sha256) const
{
    return base::open_file(file(sha256), O_RDONLY | O_NOFOLLOW);
}

fs::path Directory::local_parts(const std::string& name, const Manifest& /*manifest*/) const
{
    return backup(name);
}

void Directory::make() const
{
    if (!fs::is_directory(root_.parent_path()))
        throw Refused(
            fmt::format("there is no directory {}; is the disk for backups mounted?", root_.parent_path().string()));
    make_private_directory(root_);
    make_private_directory(files());
}

std::unique_ptr<Hold> Directory::lock()
{
    return lock_directory(root_, fmt::format("the backups in {} are", root_.string()));
}

std::unique_ptr<Hold> Directory::lock_for_reading() const
{
    try {
        return lock_directory(root_, fmt::format("the backups in {} are", root_.string()));
    } catch (const db::Error&) {
        return nullptr;
    }
}

bool Directory::holds(const Print& print) const
{
    std::error_code is_missing;
    const auto size = fs::file_size(file(print.sha256), is_missing);
    return !is_missing && size == print.size;
}

void Directory::hold(const fs::path& copy, const Print& print)
{
    const fs::path kept = file(print.sha256);
    make_private_directory(kept.parent_path());
    fs::rename(copy, kept);
    const std::lock_guard lock(mutex_);
    unsettled_.insert(kept.parent_path());
}

void Directory::settle()
{
    std::ranges::for_each(unsettled_, base::sync_directory);
    unsettled_.clear();
    base::sync_directory(files());
}

std::string Directory::finish(
    const fs::path& made, const Manifest& /*manifest*/, base::Time now, const Progress& /*progress*/)
{
    std::string name = free_name(now, [this](const std::string& taken) { return fs::exists(backup(taken)); });
    base::rename_durably(made, backup(name));
    fs::remove_all(scratch());
    return name;
}

void Directory::remove(const std::vector<std::string>& names)
{
    fs::remove_all(scratch());
    make_private_directory(scratch());
    // Each at once, so that a kill leaves no part of one under its name.
    for (const std::string& name : names)
        base::rename_durably(backup(name), scratch() / name);
    fs::remove_all(scratch());
}

std::size_t Directory::remove_files_except(const std::unordered_set<std::string>& named)
{
    std::size_t removed = 0;
    for (const auto& beginning : fs::directory_iterator(files())) {
        for (const auto& entry : fs::directory_iterator(beginning)) {
            if (!named.contains(entry.path().filename().string()) && base::remove_file(entry.path()))
                ++removed;
        }
    }
    return removed;
}

} // namespace commands::backup
