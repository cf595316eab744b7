#include "base/zones/time_zones.hpp"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>

namespace base {

namespace {

constexpr std::array regions{std::string_view("Africa/"), std::string_view("America/"), std::string_view("Antarctica/"),
    std::string_view("Arctic/"), std::string_view("Asia/"), std::string_view("Atlantic/"),
    std::string_view("Australia/"), std::string_view("Europe/"), std::string_view("Indian/"),
    std::string_view("Pacific/")};

/// As the zone database's zone.tab has them, and those of the territories.
constexpr std::array usa{std::string_view("America/New_York"), std::string_view("America/Chicago"),
    std::string_view("America/Denver"), std::string_view("America/Phoenix"), std::string_view("America/Los_Angeles"),
    std::string_view("America/Anchorage"), std::string_view("Pacific/Honolulu"), std::string_view("America/Detroit"),
    std::string_view("America/Kentucky/Louisville"), std::string_view("America/Kentucky/Monticello"),
    std::string_view("America/Indiana/Indianapolis"), std::string_view("America/Indiana/Vincennes"),
    std::string_view("America/Indiana/Winamac"), std::string_view("America/Indiana/Marengo"),
    std::string_view("America/Indiana/Petersburg"), std::string_view("America/Indiana/Vevay"),
    std::string_view("America/Indiana/Tell_City"), std::string_view("America/Indiana/Knox"),
    std::string_view("America/Menominee"), std::string_view("America/North_Dakota/Center"),
    std::string_view("America/North_Dakota/New_Salem"), std::string_view("America/North_Dakota/Beulah"),
    std::string_view("America/Boise"), std::string_view("America/Juneau"), std::string_view("America/Sitka"),
    std::string_view("America/Metlakatla"), std::string_view("America/Yakutat"), std::string_view("America/Nome"),
    std::string_view("America/Adak"), std::string_view("America/Puerto_Rico"), std::string_view("America/St_Thomas"),
    std::string_view("Pacific/Guam"), std::string_view("Pacific/Saipan"), std::string_view("Pacific/Pago_Pago")};

std::vector<std::string> read_all()
{
    std::vector<std::string> names{"UTC"};
    for (const date::time_zone& zone : date::get_tzdb().zones) {
        const auto begins = [&](std::string_view region) { return zone.name().starts_with(region); };
        if (std::ranges::any_of(regions, begins))
            names.push_back(zone.name());
    }
    std::ranges::sort(names);
    return names;
}

const std::vector<std::string>& all_zones()
{
    static const std::vector<std::string> names = read_all();
    return names;
}

std::vector<std::string> known_of_usa()
{
    std::vector<std::string> names;
    for (const std::string_view name : usa) {
        if (is_zone(name))
            names.emplace_back(name);
    }
    return names;
}

std::vector<std::string> known_elsewhere()
{
    std::vector<std::string> names;
    std::ranges::copy_if(all_zones(), std::back_inserter(names),
        [](const std::string& name) { return std::ranges::find(usa, name) == usa.end(); });
    return names;
}

} // namespace

std::span<const std::string> zones_of_usa()
{
    static const std::vector<std::string> names = known_of_usa();
    return names;
}

std::span<const std::string> zones_elsewhere()
{
    static const std::vector<std::string> names = known_elsewhere();
    return names;
}

bool is_zone(std::string_view name)
{
    return std::ranges::binary_search(all_zones(), name, std::less<>());
}

const Zone& TimeZones::find(std::string_view name)
{
    if (name.empty() || !is_zone(name))
        return site_;
    const std::scoped_lock lock(mutex_);
    const auto found = known_.find(name);
    return found != known_.end() ? found->second : known_.try_emplace(std::string(name), name).first->second;
}

} // namespace base
