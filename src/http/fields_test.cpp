#include "http/fields.hpp"

#include <gtest/gtest.h>

namespace http {
namespace {

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

TEST(Fields, AreShownInTheLogWithoutWhatCouldForgeOrFillIt)
{
    EXPECT_EQ(shown_value("https://a.example"), "https://a.example");
    EXPECT_EQ(shown_value("a\tb\x80\xff\"c"), "a?b??\"c");
    EXPECT_EQ(shown_value(std::string(1000, 'a')), std::string(200, 'a') + "...");
}

} // namespace
} // namespace http
