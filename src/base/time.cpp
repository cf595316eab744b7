#include "base/time.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <date/tz.h>
#include <fmt/compile.h>
#include <fmt/format.h>
#include <stdexcept>
#include <vector>

namespace base {

/// A span of time in which the zone's clocks keep one distance from UTC. Not in the unnamed namespace: a member of
/// Zone::Rules.
struct ZoneInterval
{
    std::chrono::sys_seconds begin;
    std::chrono::sys_seconds end;
    std::chrono::seconds offset;
    std::string abbreviation;
};

namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

LocalTime take_apart(Time time, seconds offset, std::string_view zone)
{
    const sys_seconds shown = std::chrono::floor<seconds>(time) + offset;
    const sys_days day = std::chrono::floor<days>(shown);
    const std::chrono::year_month_day calendar(day);
    const auto of_day = static_cast<int>((shown - day).count());
    return {.date = {int{calendar.year()}, unsigned{calendar.month()}, unsigned{calendar.day()}},
        .hour = of_day / 3600,
        .minute = of_day / 60 % 60,
        .second = of_day % 60,
        .day_number = day.time_since_epoch().count(),
        .zone = zone};
}

std::string readable_abbreviation(const std::string& abbreviation)
{
    const bool is_number = abbreviation.starts_with('+') || abbreviation.starts_with('-');
    return is_number ? "UTC" + abbreviation : abbreviation;
}

std::vector<ZoneInterval> load_intervals(const std::string& name)
{
    constexpr sys_seconds first = sys_days(std::chrono::year(1900) / 1 / 1);
    constexpr sys_seconds last = sys_days(std::chrono::year(2100) / 1 / 1);
    std::vector<ZoneInterval> intervals;
    const date::time_zone* const zone = date::locate_zone(name);
    for (sys_seconds at = first; at < last;) {
        const date::sys_info info = zone->get_info(at);
        intervals.push_back({info.begin, info.end, info.offset, readable_abbreviation(info.abbrev)});
        at = info.end;
    }
    return intervals;
}

template <typename Number>
bool parse_digits(std::string_view text, Number& number)
{
    const bool is_digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    return is_digits && std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc{};
}

// Pages and exports print thousands of these a second; a general formatter takes ten times as long.
void put_digits(char* place, unsigned number, int digits)
{
    for (char* at = place + digits; at != place; number /= 10)
        *--at = static_cast<char>('0' + number % 10);
}

/// Write "2026-11-22T12:06:18" over as many characters.
void put_time(char* text, const LocalTime& time)
{
    put_digits(text, static_cast<unsigned>(time.date.year), 4);
    put_digits(text + 5, time.date.month, 2);
    put_digits(text + 8, time.date.day, 2);
    put_digits(text + 11, static_cast<unsigned>(time.hour), 2);
    put_digits(text + 14, static_cast<unsigned>(time.minute), 2);
    put_digits(text + 17, static_cast<unsigned>(time.second), 2);
}

} // namespace

// All of the zone's intervals, read once: a look-up is then a binary search in memory that never changes.
struct Zone::Rules
{
    std::vector<ZoneInterval> intervals;

    const ZoneInterval& interval_at(Time time) const
    {
        const auto found = std::ranges::upper_bound(intervals, time, {}, &ZoneInterval::end);
        return found == intervals.end() ? intervals.back() : *found;
    }

    bool is_repeated(Time time) const
    {
        auto found = std::ranges::upper_bound(intervals, time, {}, &ZoneInterval::end);
        if (found == intervals.end()) {
            return false;
        }
        const auto next = std::next(found);
        if (next != intervals.end() && time >= found->end - (found->offset - next->offset)) {
            return true;
        }
        return found != intervals.begin() && time < found->begin + (std::prev(found)->offset - found->offset);
    }

    LocalTime local(Time time) const
    {
        const ZoneInterval& interval = interval_at(time);
        return take_apart(time, interval.offset, interval.abbreviation);
    }

    /// The first instant at which the zone's clocks show `clock` or, where they skip it, something later.
    Time first_showing(Time clock) const
    {
        auto interval = std::ranges::upper_bound(intervals, clock - 48h, {}, &ZoneInterval::end);
        const auto ends_before = [clock](const ZoneInterval& i) { return i.end + i.offset <= clock; };
        while (interval != intervals.end() && std::next(interval) != intervals.end() && ends_before(*interval)) {
            ++interval;
        }
        const ZoneInterval& found = interval == intervals.end() ? intervals.back() : *interval;
        return std::max<Time>(found.begin, clock - found.offset);
    }
    Time start_of(sys_days day) const { return first_showing(day); }
};

Time SystemClock::now() const
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::string iso_utc(Time time)
{
    std::string text = "0000-00-00T00:00:00Z";
    put_time(text.data(), take_apart(time, 0s, {}));
    return text;
}

std::string iso_date(Date date)
{
    return fmt::format(FMT_COMPILE("{:04}-{:02}-{:02}"), date.year, date.month, date.day);
}

Zone::Zone(std::string_view name)
{
    try {
        rules_ = std::make_unique<const Rules>(Rules{load_intervals(std::string(name))});
    } catch (const std::runtime_error& error) {
        throw std::runtime_error(fmt::format("no time zone \"{}\": {}", name, error.what()));
    }
}

Zone::~Zone() = default;
LocalTime Zone::local(Time time) const
{
    return rules_->local(time);
}

bool Zone::is_repeated(Time time) const
{
    return rules_->is_repeated(time);
}

std::string Zone::iso_local(Time time) const
{
    const ZoneInterval& interval = rules_->interval_at(time);
    const auto minutes = static_cast<unsigned>(std::chrono::abs(interval.offset).count() / 60);
    std::string text = interval.offset < 0s ? "0000-00-00T00:00:00-00:00" : "0000-00-00T00:00:00+00:00";
    put_time(text.data(), take_apart(time, interval.offset, {}));
    put_digits(text.data() + 20, minutes / 60, 2);
    put_digits(text.data() + 23, minutes % 60, 2);
    return text;
}

Date Zone::day_of(Time time) const
{
    return rules_->local(time).date;
}

Time Zone::start_of_day(Date date) const
{
    return rules_->start_of(std::chrono::year(date.year) / std::chrono::month(date.month) / std::chrono::day(date.day));
}

Time Zone::start_of_day(Time time) const
{
    return start_of_day_after(time, 0);
}

Time Zone::start_of_day_after(Time time, int days_after) const
{
    return rules_->start_of(sys_days(days(rules_->local(time).day_number)) + days(days_after));
}

Time Zone::instant_of(Time clock) const
{
    return rules_->first_showing(clock);
}

int Zone::hour(Time time) const
{
    return rules_->local(time).hour;
}

bool parse_date(std::string_view text, Date& date)
{
    Date parsed;
    const bool has_shape = text.size() == 10 && text[4] == '-' && text[7] == '-';
    if (!has_shape || !parse_digits(text.substr(0, 4), parsed.year) || !parse_digits(text.substr(5, 2), parsed.month) ||
        !parse_digits(text.substr(8, 2), parsed.day)) {
        return false;
    }
    const std::chrono::year_month_day calendar{
        std::chrono::year(parsed.year), std::chrono::month(parsed.month), std::chrono::day(parsed.day)};
    if (parsed.year < 1 || !calendar.ok()) {
        return false;
    }
    date = parsed;
    return true;
}

} // namespace base
