#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace base {

/// A point in time in UTC with millisecond precision; what the database stores as an integer.
using Time = std::chrono::sys_time<std::chrono::milliseconds>;

/// Where "now" comes from, so that tests can move it. Implementations are thread-safe.
class Clock
{
  public:
    virtual ~Clock() = default;
    virtual Time now() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock
{
  public:
    Time now() const override;
};

/// Milliseconds since 1970-01-01T00:00:00Z.
constexpr std::int64_t to_millis(Time time)
{
    return time.time_since_epoch().count();
}
constexpr Time from_millis(std::int64_t millis)
{
    return Time{std::chrono::milliseconds{millis}};
}

/// "2026-11-22T12:06:18Z", for <time datetime> and exports.
std::string iso_utc(Time time);

/// A civil date, as a date input sends it.
struct Date
{
    int year = 1970;
    unsigned month = 1;
    unsigned day = 1;

    friend constexpr auto operator<=>(const Date&, const Date&) = default;
};

/// "2026-11-16", as a date input wants it.
std::string iso_date(Date date);

/// An instant as the clocks and calendars of a zone show it.
struct LocalTime
{
    Date date;
    int hour = 0;
    int minute = 0;
    int second = 0;
    /// Days since 1970-01-01 on the zone's calendar, to count days between two instants.
    std::int64_t day_number = 0;
    /// "EST", or "UTC-03" where the zone has no name for it; lives as long as the zone.
    std::string_view zone;
};

/// The site's time zone. Immutable, thread-safe; slow to make, cheap to ask. Its words are in i18n/dates.hpp.
class Zone
{
  public:
    /// Throws std::runtime_error naming the zone when the system's zone database does not have it.
    explicit Zone(std::string_view name);
    ~Zone();

    LocalTime local(Time time) const;
    /// Clocks show this time twice, because they are or were turned back.
    bool is_repeated(Time time) const;
    /// "2026-11-16T16:31:00-05:00".
    std::string iso_local(Time time) const;
    /// The civil day containing `time`.
    Date day_of(Time time) const;
    /// The instant a civil day begins in this zone (23- and 25-hour days included).
    Time start_of_day(Date date) const;
    /// The instant the civil day containing `time` begins.
    Time start_of_day(Time time) const;
    /// Adds `days_after` civil days to the start of the day containing `time`.
    Time start_of_day_after(Time time, int days_after) const;
    /// The first instant at which the zone's clocks show what `clock` is in UTC; where they skip it, the moment at
    /// which they are set forward.
    Time instant_of(Time clock) const;
    /// Hour of the day 0..23 in this zone.
    int hour(Time time) const;

  private:
    struct Rules;
    std::unique_ptr<const Rules> rules_;
};

/// Parses "2026-11-16"; false when it is not a calendar day.
bool parse_date(std::string_view text, Date& date);

} // namespace base
