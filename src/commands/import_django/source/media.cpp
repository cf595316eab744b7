#include "commands/import_django/source/media.hpp"

#include "base/utf8.hpp"
#include "commands/commands.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <vector>

namespace commands::import_django {

namespace {

std::string reason_of(int error)
{
    if (error == ENOENT || error == ENOTDIR)
        return "there is no such file";
    if (error == ELOOP)
        return "a symbolic link is not followed";
    return std::generic_category().message(error);
}

std::vector<std::string> parts_of(std::string_view name)
{
    std::vector<std::string> parts;
    while (!name.empty()) {
        const std::size_t slash = std::min(name.find('/'), name.size());
        const std::string_view part = name.substr(0, slash);
        if (!part.empty() && part != ".")
            parts.emplace_back(part);
        name.remove_prefix(std::min(slash + 1, name.size()));
    }
    return parts;
}

void walk_below(const std::filesystem::path& directory, const std::string& prefix,
    const std::function<void(const std::string&)>& told)
{
    std::vector<std::filesystem::directory_entry> entries;
    for (const auto& entry : std::filesystem::directory_iterator(directory))
        entries.push_back(entry);
    std::ranges::sort(entries, {}, [](const auto& entry) { return entry.path(); });
    for (const auto& entry : entries) {
        const std::string name = prefix + entry.path().filename().string();
        if (entry.is_symlink())
            continue;
        if (entry.is_directory())
            walk_below(entry.path(), name + "/", told);
        else if (entry.is_regular_file())
            told(name);
    }
}

} // namespace

Media::Media(std::filesystem::path root) : root_(std::move(root))
{
    std::error_code error;
    if (!std::filesystem::is_directory(root_, error))
        throw Refused(
            fmt::format("{} is not a directory; --media names the site's MEDIA_ROOT, where the uploaded files are",
                root_.string()));
}

std::optional<std::string> Media::normal_name(std::string_view name)
{
    if (name.starts_with('/') || name.find('\0') != std::string_view::npos)
        return std::nullopt;
    std::string normal;
    for (const std::string& part : parts_of(name)) {
        if (part == "..")
            return std::nullopt;
        normal += normal.empty() ? part : "/" + part;
    }
    return normal.empty() ? std::nullopt : std::optional(normal);
}

std::optional<Media::Opened> Media::open(std::string_view name, std::string& reason) const
{
    const auto normal = normal_name(name);
    if (!normal) {
        reason = "the name leads out of the media directory";
        return std::nullopt;
    }
    auto opened = open_normal(*normal, reason);
    // A disk of another system may have spelled the accents in its own way.
    for (const std::string& other : {base::nfc(*normal), base::nfd(*normal)}) {
        std::string reason_of_other;
        if (!opened && other != *normal)
            opened = open_normal(other, reason_of_other);
    }
    return opened;
}

std::optional<Media::Opened> Media::open_normal(const std::string& name, std::string& reason) const
{
    base::Descriptor at = base::open_file(root_, O_RDONLY | O_DIRECTORY);
    const std::vector<std::string> parts = parts_of(name);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        // Part by part, because O_NOFOLLOW looks at the last one only. Not blocking, in case it is a pipe.
        const int directory = i + 1 < parts.size() ? O_DIRECTORY : O_NONBLOCK;
        base::Descriptor next(::openat(at.get(), parts[i].c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | directory));
        if (!next) {
            reason = reason_of(errno);
            return std::nullopt;
        }
        at = std::move(next);
    }
    struct stat status
    {
    };
    if (::fstat(at.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
        reason = "it is not a regular file";
        return std::nullopt;
    }
    return Opened{.file = std::move(at), .size = static_cast<std::uint64_t>(status.st_size), .path = root_ / name};
}

void Media::walk(const std::function<void(const std::string&)>& told) const
{
    walk_below(root_, {}, told);
}

} // namespace commands::import_django
