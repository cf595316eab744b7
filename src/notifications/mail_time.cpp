// When the mail of a plan goes out.

#include "base/time.hpp"
#include "notifications/choice.hpp"

namespace notifications {

namespace {

using std::chrono::days;

TimeOfDay time_of_day(const base::LocalTime& local)
{
    return std::chrono::hours(local.hour) + std::chrono::minutes(local.minute);
}

base::Time instant(const base::Zone& zone, std::int64_t day, TimeOfDay time)
{
    return zone.instant_of(base::Time(days(day)) + time);
}

bool holds(const QuietTime& quiet, TimeOfDay time)
{
    if (quiet.from < quiet.until)
        return quiet.from <= time && time < quiet.until;
    return quiet.from <= time || time < quiet.until;
}

} // namespace

base::Time end_of_quiet(const Plan& plan, const base::Zone& zone, base::Time at)
{
    const base::LocalTime local = zone.local(at);
    const TimeOfDay time = time_of_day(local);
    if (!plan.quiet || !holds(*plan.quiet, time))
        return at;
    const bool is_tomorrow = plan.quiet->until <= time;
    return std::max(at, instant(zone, local.day_number + (is_tomorrow ? 1 : 0), plan.quiet->until));
}

base::Time next_digest(const Plan& plan, const base::Zone& zone, base::Time at)
{
    const std::int64_t today = zone.local(at).day_number;
    const base::Time next = instant(zone, today, plan.digest_at);
    return next > at ? next : instant(zone, today + 1, plan.digest_at);
}

} // namespace notifications
