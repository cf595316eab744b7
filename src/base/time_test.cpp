#include "base/time.hpp"

#include <gtest/gtest.h>
#include <stdexcept>

namespace {

using namespace std::chrono_literals;
using base::Date;
using base::Time;

Time utc(int year, unsigned month, unsigned day, std::chrono::minutes of_day = 0min)
{
    return std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)) + of_day;
}

const base::Zone& new_york()
{
    static const base::Zone zone("America/New_York");
    return zone;
}

TEST(Zone, UnknownNameIsRefusedByName)
{
    try {
        base::Zone zone("Mars/Olympus");
        FAIL() << "accepted";
    } catch (const std::runtime_error& error) {
        EXPECT_NE(std::string(error.what()).find("Mars/Olympus"), std::string::npos);
    }
    EXPECT_THROW(base::Zone(""), std::runtime_error);
    EXPECT_THROW(base::Zone("../../../etc/passwd"), std::runtime_error);
}

TEST(Zone, IsoLocalCarriesTheOffset)
{
    EXPECT_EQ(new_york().iso_local(utc(2026, 11, 16, 21h + 31min)), "2026-11-16T16:31:00-05:00");
    EXPECT_EQ(new_york().iso_local(utc(2026, 7, 1)), "2026-06-30T20:00:00-04:00");
    EXPECT_EQ(base::Zone("Asia/Kathmandu").iso_local(utc(2026, 7, 1)), "2026-07-01T05:45:00+05:45");
    EXPECT_EQ(base::Zone("UTC").iso_local(utc(2026, 7, 1)), "2026-07-01T00:00:00+00:00");
}

TEST(Zone, SpringDayHas23HoursAndAutumnDay25)
{
    const Time spring = new_york().start_of_day(Date{2026, 3, 8});
    EXPECT_EQ(spring, utc(2026, 3, 8, 5h));
    EXPECT_EQ(new_york().start_of_day_after(spring, 1) - spring, 23h);

    const Time autumn = new_york().start_of_day(Date{2026, 11, 1});
    EXPECT_EQ(autumn, utc(2026, 11, 1, 4h));
    EXPECT_EQ(new_york().start_of_day_after(autumn, 1) - autumn, 25h);
}

TEST(Zone, EveryMomentOfALongDayBelongsToIt)
{
    const Time autumn = new_york().start_of_day(Date{2026, 11, 1});
    for (auto elapsed = 0min; elapsed < 25h; elapsed += 15min) {
        ASSERT_EQ(new_york().start_of_day(autumn + elapsed), autumn) << elapsed.count();
    }
    EXPECT_EQ(new_york().start_of_day(autumn + 25h), autumn + 25h);
    EXPECT_EQ(new_york().start_of_day(autumn - 1ms), autumn - 24h);
}

TEST(Zone, ADayWhoseMidnightIsSkippedBeginsWhenTheClocksMoved)
{
    const base::Zone zone("America/Sao_Paulo");
    EXPECT_EQ(zone.iso_local(zone.start_of_day(Date{2018, 11, 4})), "2018-11-04T01:00:00-02:00");
}

TEST(Zone, ADayWhoseMidnightHappensTwiceBeginsWithTheFirst)
{
    const base::Zone zone("America/Havana");
    EXPECT_EQ(zone.iso_local(zone.start_of_day(Date{2026, 11, 1})), "2026-11-01T00:00:00-04:00");
}

TEST(Zone, DaysCanBeCountedAcrossMonthsAndBackwards)
{
    const Time time = utc(2026, 2, 27, 20h);
    EXPECT_EQ(new_york().day_of(new_york().start_of_day_after(time, 2)), (Date{2026, 3, 1}));
    EXPECT_EQ(new_york().day_of(new_york().start_of_day_after(time, -58)), (Date{2025, 12, 31}));
}

TEST(IsoUtc, PadsAndDropsMilliseconds)
{
    EXPECT_EQ(base::iso_utc(utc(2026, 1, 2, 3h + 4min) + 5s + 678ms), "2026-01-02T03:04:05Z");
    EXPECT_EQ(base::iso_utc(base::from_millis(-1)), "1969-12-31T23:59:59Z");
}

TEST(Millis, RoundTrip)
{
    EXPECT_EQ(base::to_millis(base::from_millis(1'795'349'178'123)), 1'795'349'178'123);
}

TEST(SystemClock, TellsAboutTheSameTimeAsTheMachine)
{
    const auto difference = std::chrono::system_clock::now() - base::SystemClock().now();
    EXPECT_GE(difference, 0s);
    EXPECT_LT(difference, 1min);
}

TEST(ParseDate, TakesCalendarDaysOnly)
{
    Date date{1999, 9, 9};
    ASSERT_TRUE(base::parse_date("2024-02-29", date));
    EXPECT_EQ(date, (Date{2024, 2, 29}));
    for (const char* text : {"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "0000-01-01", "2026-1-01",
             "2026-01-1 ", "2026/01/01", "-026-01-01", "+026-01-01", "2026-01-01T", "２026-01-01"}) {
        EXPECT_FALSE(base::parse_date(text, date)) << text;
    }
    EXPECT_EQ(date, (Date{2024, 2, 29})) << "a refused text must not change the date";
}

TEST(Zone, DaysAreThoseOfTheZone)
{
    EXPECT_EQ(new_york().hour(utc(2026, 11, 16, 21h + 31min)), 16);
    EXPECT_EQ(new_york().day_of(utc(2026, 11, 16, 4h)), (Date{2026, 11, 15}));
    EXPECT_EQ(new_york().day_of(new_york().start_of_day(Date{2500, 1, 15})), (Date{2500, 1, 15}));
}

TEST(IsoDate, IsWhatParseDateReads)
{
    EXPECT_EQ(base::iso_date({2026, 3, 8}), "2026-03-08");
}

} // namespace
