#include "assets/assets.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <stdexcept>
#include <string>

namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

TEST(Assets, TheServedNameCarriesTheHashOfTheContent)
{
    EXPECT_THAT(std::string{assets::url("app.css")}, MatchesRegex("/static/app\\.[0-9a-f]{10}\\.css"));
    EXPECT_THAT(std::string{assets::url("staff.js")}, MatchesRegex("/static/staff\\.[0-9a-f]{10}\\.js"));
}

TEST(Assets, EveryNamedFileIsFoundByItsServedPath)
{
    for (const auto* name : {"app.css", "staff.css", "emergency.css", "app.js", "staff.js", "icon.svg"}) {
        const auto* asset = assets::find(assets::url(name));
        ASSERT_NE(asset, nullptr) << name;
        EXPECT_EQ(asset->path, assets::url(name));
        EXPECT_FALSE(asset->plain.empty()) << name;
        EXPECT_LT(asset->brotli.size(), asset->plain.size()) << name;
        EXPECT_FALSE(asset->brotli.empty()) << name;
        EXPECT_FALSE(asset->gzip.empty()) << name;
    }
}

TEST(Assets, OtherPathsAreNotFound)
{
    EXPECT_EQ(assets::find(""), nullptr);
    EXPECT_EQ(assets::find("/static/app.css"), nullptr);
    EXPECT_EQ(assets::find("/static/app.0000000000.css"), nullptr);
    EXPECT_EQ(assets::find("/static/zzz"), nullptr);
    EXPECT_EQ(assets::find(std::string{assets::url("app.css")} + "x"), nullptr);
}

TEST(Assets, AnUnknownNameIsAMistakeInATemplate)
{
    EXPECT_THROW(assets::url("nothing.css"), std::logic_error);
    EXPECT_THROW(assets::url(""), std::logic_error);
}

TEST(Assets, StyleSheetsNameTheFontByItsServedPath)
{
    const auto* css = assets::find(assets::url("app.css"));

    EXPECT_THAT(std::string{css->plain}, HasSubstr(std::string{assets::url("hyperlegible-latin.woff2")}));
    EXPECT_THAT(std::string{css->plain}, Not(HasSubstr("/static/hyperlegible-latin.woff2")));
}

TEST(Assets, TheEmergencyStyleSheetLoadsNothingAndStaysLight)
{
    const auto* css = assets::find(assets::url("emergency.css"));

    EXPECT_LT(css->gzip.size(), 7U * 1024U);
    EXPECT_THAT(std::string{css->plain}, Not(HasSubstr("url(")));
    EXPECT_THAT(std::string{css->plain}, Not(HasSubstr("@font-face")));
}

TEST(Assets, StyleAndScriptStayWithinTheirBudgets)
{
    const auto gzipped = [](std::string_view name) { return assets::find(assets::url(name))->gzip.size(); };

    EXPECT_LT(gzipped("app.css") + gzipped("app.js"), 21U * 1024U);
    EXPECT_LT(gzipped("app.css") + gzipped("staff.css") + gzipped("staff.js"), 32U * 1024U);
    // A page on an old phone, whose reporter stands outside.
    EXPECT_LT(gzipped("follow.js"), 1024U);
    // Only where a page has a field for files.
    EXPECT_LT(gzipped("files.js"), 5U * 1024U);
}

TEST(Assets, CompressedFontsAreNotCompressedAgain)
{
    const auto* font = assets::find(assets::url("hyperlegible-latin.woff2"));

    EXPECT_EQ(font->content_type, "font/woff2");
    EXPECT_TRUE(font->plain.starts_with("wOF2"));
    EXPECT_TRUE(font->gzip.empty());
}

TEST(Assets, EachFormHasItsOwnStrongETag)
{
    const auto* css = assets::find(assets::url("app.css"));

    EXPECT_EQ((std::set{css->etag, css->gzip_etag, css->brotli_etag}.size()), 3U);
    EXPECT_TRUE(css->etag.starts_with('"') && css->etag.ends_with('"'));
}

TEST(Icons, NamesAndDrawingsFollowTheEnum)
{
    EXPECT_EQ(assets::icon_name(assets::Icon::alert_triangle), "alert-triangle");
    EXPECT_EQ(assets::icon_name(assets::Icon::x), "x");
    for (std::size_t i = 0; i < assets::icon_count(); ++i) {
        EXPECT_TRUE(assets::icon_paths(static_cast<assets::Icon>(i)).starts_with("<path "));
    }
}

TEST(Icons, AreFoundByName)
{
    for (std::size_t i = 0; i < assets::icon_count(); ++i) {
        const auto icon = static_cast<assets::Icon>(i);
        EXPECT_EQ(assets::find_icon(assets::icon_name(icon)), icon);
    }
    EXPECT_EQ(assets::find_icon(""), std::nullopt);
    EXPECT_EQ(assets::find_icon("no-such-icon"), std::nullopt);
    EXPECT_EQ(assets::find_icon("zzz"), std::nullopt);
}

} // namespace
