#include "asset_compiler/generate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace {

using namespace asset_compiler;
using namespace std::string_literals;
using testing::HasSubstr;
using testing::Not;

TEST(StringLiteral, EscapesWhatWouldEndOrChangeIt)
{
    EXPECT_EQ(string_literal("a\"b\\c"), R"("a\"b\\c")");
    EXPECT_EQ(string_literal("\n\0"s), R"("\012\000")");
    EXPECT_EQ(string_literal("\xff"), R"("\377")");
    EXPECT_EQ(string_literal("?\?="), R"("\?\?=")");
}

TEST(StringLiteral, DigitAfterAnEscapeStaysADigit)
{
    EXPECT_EQ(string_literal("\0017"), R"("\0017")");
}

TEST(GenerateFiles, TableIsSortedByServedPath)
{
    const auto text = generate_files({make_asset_file("z.svg", "z"), make_asset_file("a.svg", "a")});

    EXPECT_LT(text.find("/static/a."), text.find("/static/z."));
}

TEST(GenerateFiles, EncodingThatIsNotSmallerIsLeftOut)
{
    EXPECT_THAT(generate_files({make_asset_file("a.svg", "a")}), HasSubstr(".gzip = {\"\", 0}"));
    EXPECT_THAT(
        generate_files({make_asset_file("a.svg", std::string(1000, 'a'))}), Not(HasSubstr(".gzip = {\"\", 0}")));
}

TEST(GenerateIcons, EnumAndTableHaveOneOrder)
{
    const std::vector<Icon> icons{{.name = "send", .paths = "s"}, {.name = "alert-triangle", .paths = "a"}};

    const auto header = generate_icon_enum(icons);
    const auto table = generate_icon_table(icons);

    EXPECT_LT(header.find("alert_triangle,"), header.find("send,"));
    EXPECT_LT(table.find("\"alert-triangle\""), table.find("\"send\""));
}

} // namespace
