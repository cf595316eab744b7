#include "base/url_encoding.hpp"

#include "base/utf8.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace base {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(PercentEncoding, KeepsUnreservedCharactersOnly)
{
    EXPECT_EQ(percent_encode("aZ09-._~"), "aZ09-._~");
    EXPECT_EQ(percent_encode("a b/\u00F1&+%"), "a%20b%2F%C3%B1%26%2B%25");
}

TEST(PercentEncoding, DecodesOnceAndRefusesFragments)
{
    EXPECT_EQ(percent_decode("a%20b%2f%C3%B1+"), "a b/\u00F1+");
    EXPECT_EQ(percent_decode("%2541"), "%41");
    EXPECT_EQ(percent_decode("%00"), std::string(1, '\0'));
    EXPECT_EQ(percent_decode(""), "");
    for (const char* text : {"%", "%4", "a%", "a%4", "%zz", "%4g", "%%41", "% 1", "%-1"}) {
        EXPECT_FALSE(percent_decode(text).has_value()) << text;
    }
}

TEST(PercentEncoding, KeepsWhatTheCallerNames)
{
    EXPECT_EQ(percent_encode("/srv/a b%?#", "/"), "/srv/a%20b%25%3F%23");
    std::string url = "mailto:";
    append_percent_encoded(url, "mei+gas@example.org", "@+");
    EXPECT_EQ(url, "mailto:mei+gas@example.org");
}

TEST(PercentEncoding, LenientDecodingLeavesAStrayPercentSign)
{
    EXPECT_EQ(percent_decode_leniently("100% %zz %2 %41%"), "100% %zz %2 A%");
    EXPECT_EQ(percent_decode_leniently(""), "");
    EXPECT_EQ(percent_decode_leniently("%ff+"), "\xff+");
}

TEST(FormFields, DecodesNamesAndValues)
{
    EXPECT_THAT(
        decode_form("a=1&b%20c=d+e%2B&f=%C3%A9", 10), ElementsAre(Pair("a", "1"), Pair("b c", "d e+"), Pair("f", "é")));
}

TEST(FormFields, TakesIncompleteFields)
{
    EXPECT_THAT(decode_form("", 10), IsEmpty());
    EXPECT_THAT(decode_form("&&", 10), IsEmpty());
    EXPECT_THAT(decode_form("a&=b&c==d&", 10), ElementsAre(Pair("a", ""), Pair("", "b"), Pair("c", "=d")));
}

TEST(FormFields, LeavesAStrayPercentSignAsTyped)
{
    EXPECT_THAT(
        decode_form("q=100%&r=%zz&s=%2", 10), ElementsAre(Pair("q", "100%"), Pair("r", "%zz"), Pair("s", "%2")));
}

TEST(FormFields, DecodesOnlyOnce)
{
    EXPECT_THAT(decode_form("a=%2525", 10), ElementsAre(Pair("a", "%25")));
}

TEST(FormFields, StopsAtTheLimit)
{
    EXPECT_THAT(decode_form("a=1&b=2&c=3", 2), ElementsAre(Pair("a", "1"), Pair("b", "2")));
}

TEST(FormFields, ReplacesWhatIsNoText)
{
    EXPECT_EQ(repair_utf8("plain é"), "plain é");
    EXPECT_EQ(repair_utf8("a\xff"
                          "b"),
        "a\xEF\xBF\xBD"
        "b");
    EXPECT_EQ(repair_utf8(std::string("a\0b\0", 4)), "ab");
    EXPECT_EQ(repair_utf8(std::string("\0\0", 2)), "");
    EXPECT_EQ(repair_utf8("\xC3"), "\xEF\xBF\xBD");
    EXPECT_EQ(repair_utf8("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_THAT(decode_form("a=%ff", 10), ElementsAre(Pair("a", "\xEF\xBF\xBD")));
}

TEST(FormFields, WhatIsEncodedIsDecodedToTheSame)
{
    const FormFields fields = {{"text", "50% & more = \u00E9\r\n+1"}, {"", "no name"}, {"b c", ""}};
    EXPECT_EQ(encode_form({}), "");
    EXPECT_EQ(encode_form({{"a b", "1+1"}, {"c", ""}}), "a%20b=1%2B1&c=");
    EXPECT_EQ(decode_form(encode_form(fields)), fields);
}

} // namespace
} // namespace base
