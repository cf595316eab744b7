#include "web/json.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

namespace {

using web::Json;

TEST(JsonFile, ComesBackAsItWasWritten)
{
    Json::Object object;
    object["name"].value = "Zo\u00eb's \"meter\"\n";
    object["count"].value = std::int64_t{-3};
    Json::List list(2);
    list[0].value = "a";
    list[1].value = Json::Object{};
    object["list"].value = std::move(list);

    const std::string text = web::write_json(object);
    const Json read = web::read_json(text);
    EXPECT_EQ(read.at("name").text(), "Zo\u00eb's \"meter\"\n");
    EXPECT_EQ(read.at("count").number(), -3);
    EXPECT_EQ(read.at("list").list().size(), 2U);
    EXPECT_EQ(web::write_json(read.object()), text);
    EXPECT_THAT(text, testing::HasSubstr("\n  \"count\": -3,\n"));
}

TEST(JsonFile, OtherKindsAndNoJsonAreRefused)
{
    for (const char* text : {"", "{", "{\"a\": 1.5}", "{\"a\": true}", "[null]", "{} x"})
        EXPECT_THROW(web::read_json(text), std::invalid_argument) << text;
    const Json read = web::read_json("{\"a\": 1}");
    EXPECT_THROW(static_cast<void>(read.at("b")), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(read.at("a").text()), std::invalid_argument);
}

} // namespace
