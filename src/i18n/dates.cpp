#include "i18n/dates.hpp"

namespace i18n {

namespace {

using namespace std::chrono_literals;

base::Text span_text(std::chrono::milliseconds age)
{
    const auto in = [age](auto unit) {
        return static_cast<std::uint64_t>(std::chrono::floor<decltype(unit)>(age).count());
    };
    if (age < 1min)
        return base::Text("less than 1 min");
    if (age < 1h)
        return base::Text("{n} min", {{"n", in(1min)}});
    if (age < 24h)
        return base::Text("{n} h", {{"n", in(1h)}});
    return base::Text::plural("1 day", "{n} days", in(std::chrono::days(1)));
}

} // namespace

std::string Dates::exact(base::Time time) const
{
    return language_->date_patterns().exact.write(zone_->local(time), language_->date_patterns());
}

std::string Dates::friendly(base::Time time) const
{
    return friendly(time, zone_->local(time));
}

Dates::Both Dates::both(base::Time time) const
{
    const base::LocalTime local = zone_->local(time);
    const DatePatterns& patterns = language_->date_patterns();
    return {friendly(time, local), patterns.exact.write(local, patterns)};
}

const DatePattern& Dates::friendly_pattern(const base::LocalTime& local) const
{
    const DatePatterns& patterns = language_->date_patterns();
    switch (local.day_number - today_.day_number) {
    case 0:
        return patterns.today;
    case -1:
        return patterns.yesterday;
    case 1:
        return patterns.tomorrow;
    default:
        return local.date.year == today_.date.year ? patterns.this_year : patterns.another_year;
    }
}

std::string Dates::friendly(base::Time time, const base::LocalTime& local) const
{
    std::string text = friendly_pattern(local).write(local, language_->date_patterns());
    if (zone_->is_repeated(time)) {
        text += ' ';
        text += local.zone;
    }
    return text;
}

std::string Dates::day(base::Time time) const
{
    return language_->date_patterns().day.write(zone_->local(time), language_->date_patterns());
}

std::string Dates::age(base::Time time) const
{
    return now_ - time < 1min ? language_->say(base::Text("just now")) : span(now_ - time);
}

std::string Dates::span(std::chrono::milliseconds length) const
{
    return language_->say(span_text(length));
}

} // namespace i18n
