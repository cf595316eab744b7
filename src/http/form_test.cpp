#include "http/fields.hpp"
#include "http/form.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace http {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(Form, DecodesNamesAndValues)
{
    EXPECT_THAT(
        decode_form("a=1&b%20c=d+e%2B&f=%C3%A9", 10), ElementsAre(Pair("a", "1"), Pair("b c", "d e+"), Pair("f", "é")));
}

TEST(Form, TakesIncompleteFields)
{
    EXPECT_THAT(decode_form("", 10), IsEmpty());
    EXPECT_THAT(decode_form("&&", 10), IsEmpty());
    EXPECT_THAT(decode_form("a&=b&c==d&", 10), ElementsAre(Pair("a", ""), Pair("", "b"), Pair("c", "=d")));
}

TEST(Form, LeavesAStrayPercentSignAsTyped)
{
    EXPECT_THAT(
        decode_form("q=100%&r=%zz&s=%2", 10), ElementsAre(Pair("q", "100%"), Pair("r", "%zz"), Pair("s", "%2")));
}

TEST(Form, DecodesOnlyOnce)
{
    EXPECT_THAT(decode_form("a=%2525", 10), ElementsAre(Pair("a", "%25")));
}

TEST(Form, StopsAtTheLimit)
{
    EXPECT_THAT(decode_form("a=1&b=2&c=3", 2), ElementsAre(Pair("a", "1"), Pair("b", "2")));
}

TEST(Form, ReplacesWhatIsNoText)
{
    EXPECT_EQ(repair_utf8("plain é"), "plain é");
    EXPECT_EQ(repair_utf8("a\xff"
                          "b"),
        "a\xEF\xBF\xBD"
        "b");
    EXPECT_EQ(repair_utf8(std::string("a\0b", 3)), "a\xEF\xBF\xBD"
                                                   "b");
    EXPECT_EQ(repair_utf8("\xC3"), "\xEF\xBF\xBD");
    EXPECT_EQ(repair_utf8("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_THAT(decode_form("a=%ff", 10), ElementsAre(Pair("a", "\xEF\xBF\xBD")));
}

TEST(Form, PercentDecodingRefusesMalformedEscapes)
{
    EXPECT_EQ(decode_percent("%41%2f+"), "A/+");
    EXPECT_EQ(decode_percent("%4"), std::nullopt);
    EXPECT_EQ(decode_percent("%"), std::nullopt);
    EXPECT_EQ(decode_percent("%g0"), std::nullopt);
}

TEST(Fields, TakesElementsOffAList)
{
    std::string_view list = " a ,b,, c";
    EXPECT_EQ(take_element(list), "a");
    EXPECT_EQ(take_element(list), "b");
    EXPECT_EQ(take_element(list), "");
    EXPECT_EQ(take_element(list), "c");
    EXPECT_TRUE(list.empty());
}

TEST(Fields, FindsParameters)
{
    EXPECT_EQ(find_parameter("text/html; charset=utf-8", "Charset"), "utf-8");
    EXPECT_EQ(find_parameter("x; a=\"1;b=2\" ; b = 3", "b"), "3");
    EXPECT_EQ(find_parameter("x; a=\"unclosed", "a"), "unclosed");
    EXPECT_EQ(find_parameter("x; flag; a=1", "a"), "1");
    EXPECT_EQ(find_parameter("a=1", "a"), std::nullopt);
    EXPECT_EQ(find_parameter("x; ", "a"), std::nullopt);
    EXPECT_EQ(find_parameter("", "a"), std::nullopt);
}

} // namespace
} // namespace http
