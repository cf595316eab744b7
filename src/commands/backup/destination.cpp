#include "commands/backup/destination.hpp"

#include "base/text.hpp"
#include "commands/backup/bucket.hpp"
#include "commands/backup/directory.hpp"
#include "commands/commands.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace commands::backup {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t date_length = 10;
constexpr std::size_t name_length = 18;

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

bool is_s3(std::string_view place)
{
    return place.starts_with("s3:");
}

std::string without_last_slash(const std::string& place)
{
    return is_s3(place) ? place.substr(0, place.find_last_not_of('/') + 1)
                        : fs::absolute(fs::path(place) / "").parent_path().string();
}

std::unique_ptr<Destination> open_bucket(const std::string& place, const server::Config& config)
{
    const auto parsed = storage::parse_s3_url(place);
    if (!parsed)
        throw server::UsageError(fmt::format("\"{}\" is not s3://BUCKET or s3://BUCKET/PREFIX", place));
    if (parsed->url() == config.s3.url())
        throw Refused(fmt::format("{} holds the site's attachments; give backups another bucket or prefix", place));
    storage::S3Settings settings = config.s3;
    settings.bucket = parsed->bucket;
    settings.prefix = parsed->prefix;
    if (settings.access_key_id.empty() || settings.secret_access_key.empty())
        throw Refused(
            fmt::format("set s3_access_key_id and s3_secret_access_key: the store of {} asks for them", place));
    return std::make_unique<Bucket>(std::move(settings), config.data_dir / "backup-scratch");
}

} // namespace

Progress no_progress()
{
    return {.bar = [](std::string_view, std::int64_t, std::int64_t) {}, .step = [](const std::string&) {}};
}

std::string Destination::place_of(std::string_view name) const
{
    return fmt::format("{}/{}", place(), name);
}

fs::path Destination::begin() const
{
    fs::remove_all(scratch());
    make_private_directory(scratch());
    const fs::path made = scratch() / "backup";
    make_private_directory(made);
    return made;
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

std::string free_name(base::Time now, const std::function<bool(const std::string&)>& is_taken)
{
    while (is_taken(name_of(now)))
        now += std::chrono::seconds(1);
    return name_of(now);
}

std::unique_ptr<Destination> open_destination(const std::string& place, const server::Config& config)
{
    if (is_s3(place))
        return open_bucket(place, config);
    return std::make_unique<Directory>(without_last_slash(place));
}

Named find_backup(const std::string& place, const server::Config& config)
{
    const std::string path = without_last_slash(place);
    const std::size_t slash = path.rfind('/');
    const std::string name = path.substr(slash + 1);
    if (slash != std::string::npos && time_of(name)) {
        std::shared_ptr<const Destination> destination = open_destination(path.substr(0, slash), config);
        if (std::ranges::count(destination->list(), name) > 0)
            return {.destination = std::move(destination), .name = name};
    }
    std::shared_ptr<const Destination> destination = open_destination(path, config);
    const auto names = destination->list();
    if (names.empty())
        throw Refused(fmt::format("there is no backup in {}", path));
    return {.destination = std::move(destination), .name = names.back()};
}

} // namespace commands::backup
