#include "i18n/dates.hpp"

#include "support/test_languages.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using base::Time;

const i18n::Language english;

Time utc(int year, unsigned month, unsigned day, std::chrono::minutes of_day = 0min)
{
    return std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)) + of_day;
}

i18n::Dates words(Time now = {})
{
    static const base::Zone zone("America/New_York");
    return {english, zone, now};
}

TEST(Dates, DateTimeIsUsEnglishWithTheZonesAbbreviation)
{
    EXPECT_EQ(words().exact(utc(2026, 11, 16, 21h + 31min)), "Nov 16, 2026, 4:31 PM EST");
    EXPECT_EQ(words().exact(utc(2026, 7, 4, 4h + 5min)), "Jul 4, 2026, 12:05 AM EDT");
    EXPECT_EQ(words().exact(utc(2026, 7, 4, 16h)), "Jul 4, 2026, 12:00 PM EDT");
}

TEST(Dates, ZoneWithoutAnAbbreviationShowsItsDistanceFromUtc)
{
    const base::Zone zone("America/Sao_Paulo");
    EXPECT_EQ(i18n::Dates(english, zone, Time{}).exact(utc(2026, 11, 16, 21h)), "Nov 16, 2026, 6:00 PM UTC-03");
}

TEST(Dates, FriendlyNamesTheDayAsPeopleDo)
{
    const Time now = utc(2026, 11, 16, 23h);
    EXPECT_EQ(words(now).friendly(utc(2026, 11, 16, 21h + 31min)), "today, 4:31 PM");
    EXPECT_EQ(words(now).friendly(utc(2026, 11, 15, 21h + 31min)), "yesterday, 4:31 PM");
    EXPECT_EQ(words(now).friendly(utc(2026, 11, 17, 13h)), "tomorrow, 8:00 AM");
    EXPECT_EQ(words(now).friendly(utc(2026, 11, 14, 21h + 31min)), "Nov 14, 4:31 PM");
    EXPECT_EQ(words(now).friendly(utc(2025, 11, 16, 21h + 31min)), "Nov 16, 2025, 4:31 PM");
}

TEST(Dates, FriendlyCountsTheZonesDaysAndNotUtcDays)
{
    const Time half_past_midnight = utc(2026, 11, 16, 5h + 30min);
    EXPECT_EQ(words(half_past_midnight).friendly(utc(2026, 11, 16, 4h + 59min)), "yesterday, 11:59 PM");
    EXPECT_EQ(words(half_past_midnight).friendly(utc(2026, 11, 16, 5h)), "today, 12:00 AM");
    EXPECT_EQ(words(utc(2027, 1, 3)).friendly(utc(2027, 1, 1, 4h)), "Dec 31, 2026, 11:00 PM");
}

TEST(Dates, TheHourThatClocksShowTwiceNamesItsZone)
{
    // Summer time ends in New York on November 1, 2026, at 6:00 UTC.
    const Time now = utc(2026, 11, 1, 12h);
    EXPECT_EQ(words(now).friendly(utc(2026, 11, 1, 5h + 30min)), "today, 1:30 AM EDT");
    EXPECT_EQ(words(now).friendly(utc(2026, 11, 1, 6h + 10min)), "today, 1:10 AM EST");
    EXPECT_EQ(words(now).friendly(utc(2026, 11, 1, 4h + 59min)), "today, 12:59 AM");
    EXPECT_EQ(words(now).friendly(utc(2026, 11, 1, 7h)), "today, 2:00 AM");
    EXPECT_EQ(words(utc(2026, 11, 2, 12h)).friendly(utc(2026, 11, 1, 6h)), "yesterday, 1:00 AM EST");
    EXPECT_EQ(words(utc(2026, 11, 20)).friendly(utc(2026, 11, 1, 5h)), "Nov 1, 1:00 AM EDT");
}

TEST(Dates, SpansAreShort)
{
    EXPECT_EQ(words().span(59s), "less than 1 min");
    EXPECT_EQ(words().span(12min), "12 min");
    EXPECT_EQ(words().span(5h), "5 h");
    EXPECT_EQ(words().span(24h), "1 day");
    EXPECT_EQ(words().span(80h), "3 days");
}

TEST(Dates, ADayCanBeShownAlone)
{
    const Time time = utc(2026, 11, 16, 21h + 31min);
    EXPECT_EQ(words().day(time), "Nov 16, 2026");
}

TEST(Dates, TheHourThatHappensTwiceIsToldApartByTheAbbreviation)
{
    EXPECT_EQ(words().exact(utc(2026, 11, 1, 5h + 30min)), "Nov 1, 2026, 1:30 AM EDT");
    EXPECT_EQ(words().exact(utc(2026, 11, 1, 6h + 30min)), "Nov 1, 2026, 1:30 AM EST");
    EXPECT_EQ(words().exact(utc(2026, 3, 8, 6h + 59min)), "Mar 8, 2026, 1:59 AM EST");
    EXPECT_EQ(words().exact(utc(2026, 3, 8, 7h)), "Mar 8, 2026, 3:00 AM EDT");
}

TEST(Dates, TimesOutsideTheKnownRulesStillHaveText)
{
    EXPECT_EQ(words().day(utc(1500, 6, 1, 12h)), "Jun 1, 1500");
    EXPECT_EQ(words().day(utc(2500, 1, 15, 12h)), "Jan 15, 2500");
}

TEST(Dates, AgeRoundsDownToOneUnit)
{
    EXPECT_EQ(words(utc(2026, 11, 16) + -5min).age(utc(2026, 11, 16)), "just now");
    EXPECT_EQ(words(utc(2026, 11, 16) + 59s).age(utc(2026, 11, 16)), "just now");
    EXPECT_EQ(words(utc(2026, 11, 16) + 1min).age(utc(2026, 11, 16)), "1 min");
    EXPECT_EQ(words(utc(2026, 11, 16) + 59min + 59s).age(utc(2026, 11, 16)), "59 min");
    EXPECT_EQ(words(utc(2026, 11, 16) + 3h + 59min).age(utc(2026, 11, 16)), "3 h");
    EXPECT_EQ(words(utc(2026, 11, 16) + 24h).age(utc(2026, 11, 16)), "1 day");
    EXPECT_EQ(words(utc(2026, 11, 16) + 71h).age(utc(2026, 11, 16)), "2 days");
}

TEST(Dates, EachWordComesFromTheCatalogue)
{
    const auto languages = i18n::test_languages();
    const base::Zone zone("America/New_York");
    const i18n::Dates dates(*languages.at(1), zone, utc(2026, 11, 16, 23h));
    EXPECT_EQ(dates.exact(utc(2026, 11, 16, 21h + 31min)), "⟦⟦Nov⟧ 16, 2026, 4:31 ⟦PM⟧ EST⟧");
    EXPECT_EQ(dates.friendly(utc(2026, 11, 16, 13h)), "⟦today, 8:00 ⟦AM⟧⟧");
    EXPECT_EQ(dates.age(utc(2026, 11, 14)), "⟦2 days⟧");
}

TEST(DatePattern, WritesAClockOf24HoursAndKeepsWhatItDoesNotKnow)
{
    const i18n::DatePatterns names{i18n::Catalog()};
    const base::LocalTime time{.date = {2026, 1, 9}, .hour = 0, .minute = 5, .zone = "CET"};
    EXPECT_EQ(i18n::DatePattern("{day} {month} {hour24}:{minute} {era} {").write(time, names), "9 Jan 00:05 {era} {");
    EXPECT_EQ(i18n::DatePattern("").write(time, names), "");
}

} // namespace
