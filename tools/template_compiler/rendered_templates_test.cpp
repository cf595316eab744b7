#include "assets/icons.hpp"
#include "layouts/narrow.html.hpp"
#include "pages/child.html.hpp"
#include "pages/contexts.html.hpp"
#include "pages/directives.html.hpp"
#include "partials/constant.html.hpp"
#include "templates/views.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

// The templates of tests/templates, compiled by the build and rendered with hostile values.
namespace {

class Environment : public web::HtmlEnvironment
{
  public:
    std::string_view translate(std::string_view message) const override { return message; }
    std::string_view translate_plural(std::string_view one, std::string_view many, std::uint64_t count) const override
    {
        return count == 1 ? one : many;
    }
    std::string_view asset_url(std::string_view name) const override
    {
        return name == "app.css" ? "/static/app.1.css" : "/static/app.2.js";
    }
    std::string_view icon_paths(assets::Icon) const override { return "<path/>"; }
    std::string_view icon_name(assets::Icon icon) const override
    {
        return icon == assets::Icon::send ? "send" : "third";
    }
};

const Environment environment;

std::string render(const auto& draw)
{
    web::Html out(environment);
    draw(out);
    return out.take();
}

std::string contexts_with(const std::string& hostile)
{
    pages::View view;
    view.hostile = hostile;
    return render([&](web::Html& out) { views::pages::contexts(out, view); });
}

/// What contexts.html becomes when the value looks like this in text, as a URL, in a URL, after "mailto:".
std::string expected_contexts(
    const std::string& text, const std::string& url, const std::string& part, const std::string& address)
{
    return "<p>" + text + "</p>\n<title>" + text + "</title>\n<textarea>\n" + text + "</textarea>\n<p title=\"" + text +
           "\">.</p>\n<p title='" + text + "'>.</p>\n<a href=\"" + url + "\">.</a>\n<a href=\"/" + part +
           "/x\">.</a>\n<a href=\"/a/" + part + "\">.</a>\n<a href=\"/a?q=" + part + "#" + part +
           "\">.</a>\n<a href=\"mailto:" + address + "\">.</a>\n<form action=\"" + url + "\"><button formaction=\"" +
           url + "\" data-live-url=\"" + url + "\">.</button></form>\n<p>Hello " + text + "</p>\n<p title=\"Hello " +
           text + "\">.</p>";
}

} // namespace

TEST(RenderedTemplates, DefuseTags)
{
    EXPECT_EQ(contexts_with("</textarea><script>x</script>"),
        expected_contexts("&lt;/textarea&gt;&lt;script&gt;x&lt;/script&gt;",
            "&lt;/textarea&gt;&lt;script&gt;x&lt;/script&gt;", "%3C%2Ftextarea%3E%3Cscript%3Ex%3C%2Fscript%3E",
            "%3C%2Ftextarea%3E%3Cscript%3Ex%3C%2Fscript%3E"));
}

TEST(RenderedTemplates, DefuseQuotes)
{
    EXPECT_EQ(contexts_with("\" onclick='x' &amp;"),
        expected_contexts("&#34; onclick=&#39;x&#39; &amp;amp;", "&#34;%20onclick=&#39;x&#39;%20&amp;amp;",
            "%22%20onclick%3D%27x%27%20%26amp%3B", "%22%20onclick%3D%27x%27%20%26amp%3B"));
}

TEST(RenderedTemplates, DefuseScriptUrls)
{
    EXPECT_EQ(contexts_with("javascript:alert(1)"),
        expected_contexts("javascript:alert(1)", "#blocked", "javascript%3Aalert%281%29", "javascript%3Aalert%281%29"));
    EXPECT_EQ(contexts_with("java\nscript:x"),
        expected_contexts("java\nscript:x", "#blocked", "java%0Ascript%3Ax", "java%0Ascript%3Ax"));
}

TEST(RenderedTemplates, DefuseOtherHosts)
{
    EXPECT_EQ(contexts_with("//evil"), expected_contexts("//evil", "#blocked", "%2F%2Fevil", "%2F%2Fevil"));
    EXPECT_EQ(contexts_with("\\evil"), expected_contexts("\\evil", "#blocked", "%5Cevil", "%5Cevil"));
}

TEST(RenderedTemplates, KeepUnicodeAndPlaceholdersOfVisitors)
{
    EXPECT_EQ(contexts_with("Zoë {name}"),
        expected_contexts("Zoë {name}", "Zoë%20{name}", "Zo%C3%AB%20%7Bname%7D", "Zo%C3%AB%20%7Bname%7D"));
}

TEST(RenderedTemplates, AnEmptyFirstPartDoesNotMakeAHost)
{
    EXPECT_THAT(contexts_with(""), testing::HasSubstr("<a href=\"/./x\">"));
}

TEST(RenderedTemplates, FillBlocksThroughTwoLayouts)
{
    const pages::View view{.hostile = "<Mei>", .rows = {{.name = "Elm & Oak", .id = 1}}};

    EXPECT_EQ(render([&](web::Html& out) { views::pages::child(out, view); }),
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<title>&lt;Mei&gt;!</title>\n"
        "<link rel=\"stylesheet\" href=\"/static/app.1.css\">\n<script src=\"/static/app.2.js\" defer></script>\n"
        "</head>\n<body class=\"plain\">\n<main><svg class=\"i i--s\" width=\"20\" height=\"20\" "
        "aria-hidden=\"true\"><use href=\"#i-send\"/></svg><b class=\"row\">Elm &amp; Oak</b></main>\n\n"
        "<svg hidden aria-hidden=\"true\"><symbol id=\"i-send\" viewBox=\"0 0 24 24\"><path/>"
        "</symbol></svg>\n</body>\n</html>");
}

TEST(RenderedTemplates, ShowTheDefaultContentOfUnfilledBlocks)
{
    const auto page = render([](web::Html& out) { views::layouts::narrow(out, "de"); });

    EXPECT_THAT(page, testing::HasSubstr("<title>Gas</title>"));
    EXPECT_THAT(page, testing::HasSubstr("<html lang=\"de\">"));
    EXPECT_THAT(page, testing::HasSubstr("<main></main>"));
}

TEST(RenderedTemplates, FollowLoopsAndConditions)
{
    const pages::View many{.rows = {{.name = "A", .id = 1}, {.name = "B", .id = 2}},
        .colour = pages::Colour::Green,
        .markup = {"<i>x</i>"},
        .checked = true,
        .count = 2};
    const pages::View none;

    EXPECT_THAT(render([&](web::Html& out) { views::pages::directives(out, many); }),
        testing::StartsWith("<ul><li>1 <b class=\"item\">A</b></li><li>2 <b class=\"item\">B</b></li></ul>\nmany\n"
                            "<input type=\"checkbox\" checked value=\"green\">\n"
                            "<p>2 requests, 2 of &lt;all&gt;</p>\n<p>Call <a href=\"/x\">us</a>, 2 times. "
                            "Open</p>\n<p><i>x</i><svg class=\"i\""));
    EXPECT_THAT(render([&](web::Html& out) { views::pages::directives(out, none); }),
        testing::AllOf(testing::StartsWith("<ul><li>none</li></ul>\nzero\n<input type=\"checkbox\" value=\"red\">\n"
                                           "<p>0 requests, 0 of &lt;all&gt;</p>\n"),
            testing::HasSubstr("<pre>\n  kept\n    0</pre>\n<svg hidden")));
}

TEST(RenderedTemplates, DrawOneWithoutArgumentsOnceForEachModeAndKeepItsIcons)
{
    const auto twice = [](web::Html& out) {
        views::partials::constant(out);
        views::partials::constant(out);
        out.icon_symbols();
    };
    const std::string page = render(twice);
    web::Html fragment(environment, web::HtmlMode::Fragment);
    twice(fragment);

    EXPECT_THAT(page, testing::StartsWith("<p>1 &amp; 1 <svg class=\"i\" width=\"20\" height=\"20\" "
                                          "aria-hidden=\"true\"><use href=\"#i-send\"/></svg></p><p>1 &amp; 1 "));
    EXPECT_THAT(page, testing::HasSubstr("<symbol id=\"i-send\""));
    EXPECT_EQ(render(twice), page);
    EXPECT_THAT(
        fragment.view(), testing::AllOf(testing::HasSubstr("<path/>"), testing::Not(testing::HasSubstr("symbol"))));
    const Environment other;
    EXPECT_EQ(other.constant_markup().find(0), nullptr) << "each language draws its own";
}
