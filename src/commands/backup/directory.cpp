#include "commands/backup/directory.hpp"

#include "base/text.hpp"
#include "commands/commands.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace commands::backup {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t date_length = 10;
constexpr std::size_t name_length = 18;
constexpr std::size_t beginning_length = 2;

std::string in_use(const db::InUse& error)
{
    return fmt::format("{}; only one backup, check or restore at a time", error.what());
}

/// Of "015524": seconds of the day; nothing for what is no time.
std::optional<std::int64_t> seconds_of(std::string_view digits)
{
    if (digits.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    const std::int64_t number = base::parse_integer(digits).value_or(0);
    const std::int64_t hour = number / 10000;
    const std::int64_t minute = number / 100 % 100;
    const std::int64_t second = number % 100;
    if (hour > 23 || minute > 59 || second > 59)
        return std::nullopt;
    return (hour * 60 + minute) * 60 + second;
}

} // namespace

Progress no_progress()
{
    return {.bar = [](std::string_view, std::int64_t, std::int64_t) {}, .step = [](const std::string&) {}};
}

std::string name_of(base::Time time)
{
    std::string name = base::iso_utc(time);
    std::erase(name, ':');
    return name;
}

std::optional<base::Time> time_of(std::string_view name)
{
    base::Date date;
    if (name.size() != name_length || name[date_length] != 'T' || name.back() != 'Z' ||
        !base::parse_date(name.substr(0, date_length), date))
        return std::nullopt;
    const auto seconds = seconds_of(name.substr(date_length + 1, name_length - date_length - 2));
    if (!seconds)
        return std::nullopt;
    static const base::Zone utc("UTC");
    return utc.start_of_day(date) + std::chrono::seconds(*seconds);
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

void Directory::make() const
{
    if (!fs::is_directory(root_.parent_path()))
        throw Refused(
            fmt::format("there is no directory {}; is the disk for backups mounted?", root_.parent_path().string()));
    make_private_directory(root_);
    make_private_directory(files());
}

db::LockFile Directory::lock() const
{
    try {
        return {(root_ / ".lock").string(), fmt::format("the backups in {} are", root_.string())};
    } catch (const db::InUse& error) {
        throw Refused(in_use(error));
    }
}

std::optional<db::LockFile> Directory::lock_for_reading() const
{
    try {
        return db::LockFile((root_ / ".lock").string(), fmt::format("the backups in {} are", root_.string()));
    } catch (const db::InUse& error) {
        throw Refused(in_use(error));
    } catch (const db::Error&) {
        return std::nullopt;
    }
}

Named find_backup(const fs::path& place)
{
    const fs::path path = fs::absolute(place / "").parent_path();
    const std::string name = path.filename().string();
    if (time_of(name) && fs::is_directory(path))
        return {.directory = Directory(path.parent_path()), .name = name};
    const Directory directory(path);
    const auto names = directory.list();
    if (names.empty())
        throw Refused(fmt::format("there is no backup in {}", path.string()));
    return {.directory = directory, .name = names.back()};
}

} // namespace commands::backup
