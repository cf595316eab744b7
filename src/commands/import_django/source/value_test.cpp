#include "commands/import_django/source/value.hpp"

#include <gtest/gtest.h>

namespace commands::import_django {

namespace {

std::int64_t millis_of(std::string_view text)
{
    const auto parsed = parse_time(text);
    return parsed ? base::to_millis(parsed->time) : INT64_MIN;
}

} // namespace

TEST(DjangoValue, TimesKeepTheMillisecondThatHadBegunAndSayWhatWasLost)
{
    EXPECT_EQ(millis_of("1970-01-01 00:00:01"), 1000);
    EXPECT_EQ(millis_of("1970-01-01 00:00:01.5"), 1500);
    EXPECT_EQ(millis_of("1970-01-01 00:00:01.123999"), 1123);
    EXPECT_TRUE(parse_time("1970-01-01 00:00:01.123999")->is_rounded);
    EXPECT_FALSE(parse_time("1970-01-01 00:00:01.123")->is_rounded);
    EXPECT_FALSE(parse_time("1970-01-01 00:00:01.123000")->is_rounded);
    EXPECT_EQ(millis_of("1969-12-31 23:59:59.999999"), -1) << "floor, not towards zero";
}

TEST(DjangoValue, TimesInAZoneBecomeUtc)
{
    for (const char* text : {"2024-01-01T12:00:00Z", "2024-01-01 12:00:00+00", "2024-01-01 13:00:00+01:00",
             "2024-01-01 06:30:00.000-0530", "2024-01-01 12:00:00+00:00"})
        EXPECT_EQ(millis_of(text), millis_of("2024-01-01 12:00:00")) << text;
    EXPECT_EQ(millis_of("2024-01-01"), millis_of("2024-01-01 00:00:00"));
}

TEST(DjangoValue, WhatIsNoTimeIsNotTakenForOne)
{
    for (const char* text : {"", "yesterday", "2024-02-30 00:00:00", "2024-13-01 00:00:00", "2024-01-01 24:00:00",
             "2024-01-01 12:60:00", "2024-01-01x12:00:00", "2024-01-01 12:00:00 PM", "2024-01-01 12:00:00+1",
             "24-01-01 12:00:00", "2024-01-01 12:00"})
        EXPECT_FALSE(parse_time(text)) << text;
}

TEST(DjangoValue, BothEnginesBooleansAreUnderstood)
{
    for (const char* text : {"1", "t", "true", "True"})
        EXPECT_TRUE(is_true(Value(text))) << text;
    for (const char* text : {"0", "f", "false", "", "2"})
        EXPECT_FALSE(is_true(Value(text))) << text;
    EXPECT_FALSE(is_true(std::nullopt));
}

TEST(DjangoValue, TextLosesOnlyWhatNoEngineKeeps)
{
    using namespace std::string_literals;
    EXPECT_EQ(storable("Größe\r\n\t\a 🔥"), "Größe\r\n\t\a 🔥");
    EXPECT_EQ(storable("a\0b"s), "ab");
    EXPECT_EQ(storable("broken \xff."), "broken \xEF\xBF\xBD.");
}

TEST(DjangoValue, AReportNeverObeysWhatItShows)
{
    EXPECT_EQ(shown("\x1b[31mred\n"), "\"\\u001b[31mred\\u000a\"");
    EXPECT_EQ(shown("a\xffz"), "\"a\\xffz\"");
    EXPECT_EQ(shown("gpj\u202Eexe"), "\"gpj\\u202eexe\"");
    EXPECT_EQ(shown(std::string(100, 'x')), "\"" + std::string(60, 'x') + "…\"");
}

TEST(DjangoValue, WordsAndSlugsMeetInOneSpelling)
{
    for (const char* text : {"Gas Leak", "gas_leak", "GAS-LEAK", " gas  leak "})
        EXPECT_EQ(slug_of(text), "gas-leak") << text;
    EXPECT_EQ(slug_of("--"), "");
}

} // namespace commands::import_django
