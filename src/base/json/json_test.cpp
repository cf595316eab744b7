#include "base/json/json.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

TEST(ParseJson, ReadsEachKindAndConvertsNone)
{
    const auto json =
        base::parse_json(R"({"text":"ü","whole":-7,"part":1.9,"yes":true,"list":[1,"2"],"nothing":null})");
    ASSERT_TRUE(json);
    EXPECT_EQ(*json->find("text")->text(), "ü");
    EXPECT_EQ(json->find("whole")->number(), -7);
    EXPECT_EQ(json->find("part")->number(), 1);
    EXPECT_EQ(json->find("yes")->boolean(), true);
    EXPECT_EQ(json->find("list")->list()->size(), 2U);
    EXPECT_EQ(json->find("text")->number(), std::nullopt);
    EXPECT_EQ(json->find("whole")->text(), nullptr);
    EXPECT_EQ(json->find("nothing")->boolean(), std::nullopt);
    EXPECT_EQ(json->find("absent"), nullptr);
    EXPECT_EQ(json->find("list")->find("text"), nullptr);
}

TEST(ParseJson, RefusesWhatIsNone)
{
    for (const char* text : {"", "{", "{}{}", "{\"a\":\"\xff\"}", "{'a':1}", "[1,]", "nul"})
        EXPECT_FALSE(base::parse_json(text)) << text;
    EXPECT_FALSE(base::parse_json(std::string(40, '[') + std::string(40, ']')));
    EXPECT_EQ(base::parse_json(R"({"large":1e300})")->find("large")->number(), std::nullopt);
}

} // namespace
