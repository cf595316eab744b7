#include "storage/store.hpp"

#include "base/crypto.hpp"
#include "base/log.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

namespace storage {

namespace {

constexpr std::size_t name_length = 32;
constexpr std::size_t piece = std::size_t{64} << 10U;

} // namespace

bool is_stored_name(std::string_view name)
{
    return name.size() == name_length && name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_trash_day(std::string_view day)
{
    base::Date date;
    return base::parse_date(day, date) && base::iso_date(date) == day;
}

std::string sha256_of(const base::Descriptor& file)
{
    base::rewind(file);
    base::Sha256Stream digest;
    for (std::string bytes = base::read_some(file, piece); !bytes.empty(); bytes = base::read_some(file, piece))
        digest.update(bytes);
    base::rewind(file);
    return base::hex(digest.finish());
}

std::optional<base::Time> changed_at(const std::filesystem::path& file)
{
    struct stat status
    {
    };
    if (::lstat(file.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return std::nullopt;
    }
    return base::Time{std::chrono::seconds{status.st_mtim.tv_sec}};
}

std::optional<std::string> Store::detect_type(const std::filesystem::path& file) const
{
    return detector_.detect(file);
}

std::string Store::keep(const std::filesystem::path& uploaded, std::string_view sha256)
{
    std::string name = base::hex(base::random_bytes(name_length / 2));
    put(name, uploaded, sha256);
    return name;
}

void Store::discard(std::string_view stored_name) noexcept
{
    try {
        remove(stored_name);
    } catch (const std::exception& error) {
        // The sweeper takes it in an hour.
        base::log::warning(fmt::format("a file could not be removed: {}", error.what()));
    }
}

bool Store::has_files() const
{
    bool is_any = false;
    list([&](const KeptFile&) {
        is_any = true;
        return Listing::Ends;
    });
    return is_any;
}

} // namespace storage
