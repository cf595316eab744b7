#include "asset_compiler/asset_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace {

using namespace asset_compiler;
using testing::HasSubstr;

const AssetFile font = make_asset_file("face.woff2", "wOF2");

TEST(AssetFile, ServedPathCarriesTheFirstTenDigitsOfTheHash)
{
    const auto file = make_asset_file("icon.svg", "");

    EXPECT_EQ(file.hash, "e3b0c44298");
    EXPECT_EQ(file.path, "/static/icon.e3b0c44298.svg");
}

TEST(AssetFile, AnotherContentGivesAnotherPath)
{
    EXPECT_NE(make_asset_file("app.js", "1").path, make_asset_file("app.js", "2").path);
}

TEST(AssetFile, NameWithoutEndingIsRefused)
{
    EXPECT_THROW(make_asset_file("LICENSE", "text"), std::runtime_error);
    EXPECT_THROW(content_type("face.ttf"), std::runtime_error);
}

TEST(References, EveryFormOfUrlIsRewritten)
{
    const auto css =
        R"(a{src:url(/static/face.woff2)}b{src:url("/static/face.woff2")}c{src:url('/static/face.woff2')})";

    const auto rewritten = rewrite_references(css, {font});

    EXPECT_EQ(
        rewritten, "a{src:url(" + font.path + ")}b{src:url(\"" + font.path + "\")}c{src:url('" + font.path + "')}");
}

TEST(References, UnknownFileIsNamedInTheError)
{
    try {
        rewrite_references("a{src:url(/static/lost.woff2)}", {font});
        FAIL() << "accepted a reference to nothing";
    } catch (const std::runtime_error& error) {
        EXPECT_THAT(error.what(), HasSubstr("/static/lost.woff2"));
    }
}

TEST(Prepare, StyleSheetIsHashedAfterItsReferencesAreRewritten)
{
    const auto css = make_asset_file("app.css", "a{src:url(/static/face.woff2)}");

    const auto before = prepare({css, font});
    const auto after = prepare({css, make_asset_file("face.woff2", "wOF2 of another face")});

    EXPECT_EQ(before.back().name, "app.css");
    EXPECT_THAT(before.back().bytes, HasSubstr(font.path));
    EXPECT_NE(before.back().path, after.back().path) << "a browser would keep the style sheet with the old face";
}

TEST(Prepare, TwoFilesOfOneNameAreRefused)
{
    EXPECT_THROW(prepare({font, font}), std::runtime_error);
}

} // namespace
