#include "web/html.hpp"

#include "web/direction.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace {

class Environment : public web::HtmlEnvironment
{
  public:
    std::string_view translate(std::string_view message) const override
    {
        return message == "Hello {name}" ? "Bonjour {name}" : message;
    }
    std::string_view translate_plural(std::string_view one, std::string_view many, std::uint64_t count) const override
    {
        return count == 1 ? one : many;
    }
    std::string_view asset_url(std::string_view) const override { return "/static/app.1.css"; }
    std::string_view icon_paths(assets::Icon icon) const override
    {
        return icon == assets::Icon{7} ? "<path d=\"M7\"/>" : "<path/>";
    }
    std::string_view icon_name(assets::Icon icon) const override { return icon == assets::Icon{7} ? "seven" : "other"; }
};

const Environment environment;

enum class Colour
{
    Red
};

std::string_view to_text(Colour)
{
    return "red & hot";
}

std::string text(const auto& value)
{
    web::Html out(environment);
    out.text(value);
    return out.take();
}

std::string printed(const auto& value)
{
    web::Html out(environment);
    web::text(out, value);
    return out.take();
}

std::string isolated(const auto& value)
{
    web::Html out(environment);
    web::isolated_text(out, value);
    return out.take();
}

std::string url(const auto& value)
{
    web::Html out(environment);
    out.url(value);
    return out.take();
}

template <class T>
concept IsInteger = web::detail::PrintableInteger<T>;

static_assert(!IsInteger<bool> && !IsInteger<char16_t> && IsInteger<std::uint8_t> && IsInteger<long long>);

template <class T>
concept IsTrustedMarkup = requires(web::Html& out, const T& value)
{
    out.safe(value);
};

static_assert(IsTrustedMarkup<web::SafeHtml> && !IsTrustedMarkup<std::string> && !IsTrustedMarkup<char[4]>);

TEST(Html, WordsThatTurnTheReadingOrderStayInsideOfTheirText)
{
    EXPECT_EQ(printed("\u05E9\u05DC\u05D5\u05DD & more."), "<bdi>\u05E9\u05DC\u05D5\u05DD &amp; more.</bdi>");
    EXPECT_EQ(printed("gpj.\u202Eexe"), "<bdi>gpj.\u202Eexe</bdi>");
    EXPECT_EQ(printed("\u0645\u064A"), "<bdi>\u0645\u064A</bdi>");
    EXPECT_EQ(printed("\u00D1u\u00F1ez \u2019 \u4E2D \u0416 \xFF"), "\u00D1u\u00F1ez \u2019 \u4E2D \u0416 \xFF");
    EXPECT_EQ(isolated("\u05E9 \u202Ex\u2069"), "\u2068\u05E9 x\u2069") << "its own marks could end the isolate";
    EXPECT_EQ(isolated("Mei & Omar"), "Mei &amp; Omar");
    EXPECT_EQ(printed(base::Text::verbatim("\u05E9")), "\u2068\u05E9\u2069");
    EXPECT_EQ(printed(base::Text("Hello {name}", {{"name", "\u05E9"}})), "Bonjour \u2068\u05E9\u2069");
}

TEST(Html, AReferenceInASentenceStaysWhole)
{
    EXPECT_EQ(printed(base::Text::verbatim("A & B on SR-00042, SR-7")),
        "A &amp; B on <span class=\"ref\">SR-00042</span>, <span class=\"ref\">SR-7</span>");
    EXPECT_EQ(printed(base::Text::verbatim("SR- <SR-x>")), "SR- &lt;SR-x&gt;");
    EXPECT_EQ(isolated(base::Text::verbatim("on SR-00042")), "on SR-00042") << "no markup can be there";
}

} // namespace

TEST(Html, EscapesText)
{
    EXPECT_EQ(text("<script>alert(\"1\" & '2')</script>"),
        "&lt;script&gt;alert(&#34;1&#34; &amp; &#39;2&#39;)&lt;/script&gt;");
    EXPECT_EQ(text("&amp;"), "&amp;amp;");
    EXPECT_EQ(text("a\nü"), "a\nü");
    EXPECT_EQ(text(std::string()), "");
    EXPECT_EQ(text(std::string_view("a\0<", 3)), std::string("a\0&lt;", 6));
}

TEST(Html, PrintsNumbersAndWhateverHasAText)
{
    EXPECT_EQ(text(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
    EXPECT_EQ(text(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
    EXPECT_EQ(text(std::uint8_t{7}), "7");
    EXPECT_EQ(text('<'), "&lt;");
    EXPECT_EQ(text(Colour::Red), "red &amp; hot");
}

TEST(Html, KeepsHarmlessUrls)
{
    for (const auto* kept : {"", "/a/b", "/a?b=c", "#top", "?page=2", "page/2", "../x", "https://x.example/a:b",
             "HTTP://x", "mailto:mei@example.org", "tel:+123", "/a:b", "?a=b:c", "/ü"})
        EXPECT_EQ(url(kept), kept);
    EXPECT_EQ(url("/a?b=\"&c='<"), "/a?b=&#34;&amp;c=&#39;&lt;");
    EXPECT_EQ(url("/a b\\c"), "/a%20b%5Cc");
}

TEST(Html, BlocksUrlsThatRunCodeOrLeaveTheSite)
{
    for (const auto* hostile : {"javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)",
             "java\nscript:alert(1)", "\x01javascript:alert(1)", "java\tscript:alert(1)", "vbscript:x",
             "data:text/html,x", "//evil.example", "/\\evil.example", "\\\\evil.example", "\\/evil.example",
             "/\t/evil.example", "x:y", ":", "blob:x", "javascript&colon;alert(1):"})
        EXPECT_EQ(url(hostile), "#blocked") << hostile;
}

TEST(Html, PercentEncodesPartsOfUrls)
{
    web::Html out(environment);
    out.url_part("a/b?c=d&e#f%\\ü ~-._");
    out.raw("|");
    out.url_first_part("");
    out.raw("|");
    out.url_first_part("/x");
    out.raw("|");
    out.url_address("+1 a@b&c");

    EXPECT_EQ(out.take(), "a%2Fb%3Fc%3Dd%26e%23f%25%5C%C3%BC%20~-._|.|%2Fx|+1%20a@b%26c");
}

TEST(Html, FillsPlaceholdersOfMessages)
{
    const auto print = [](std::string_view message) {
        web::Html out(environment);
        out.message(out.translate(message), [&](std::string_view placeholder) {
            if (placeholder != "name")
                return false;
            out.text("<Mei>");
            return true;
        });
        return out.take();
    };

    EXPECT_EQ(print("Hello {name}"), "Bonjour &lt;Mei&gt;");
    EXPECT_EQ(print("{name} & {name}"), "&lt;Mei&gt; &amp; &lt;Mei&gt;");
    EXPECT_EQ(print("<{other}>"), "&lt;{other}&gt;");
    EXPECT_EQ(print("open {name"), "open {name");
    EXPECT_EQ(print("}{name}{"), "}&lt;Mei&gt;{");
}

TEST(Html, ChoosesThePluralByTheAbsoluteCount)
{
    const web::Html out(environment);

    EXPECT_EQ(out.translate_plural("one", "many", 1), "one");
    EXPECT_EQ(out.translate_plural("one", "many", -1), "one");
    EXPECT_EQ(out.translate_plural("one", "many", std::size_t{0}), "many");
}

TEST(Html, PrintsEachUsedSymbolOnce)
{
    web::Html out(environment);
    out.icon(assets::Icon{7});
    out.icon(assets::Icon{7}, web::IconSize::Small);
    out.icon(assets::Icon{7}, web::IconSize::Large);

    EXPECT_EQ(out.take(),
        R"(<svg class="i" width="20" height="20" aria-hidden="true"><use href="#i-seven"/></svg>)"
        R"(<svg class="i i--s" width="20" height="20" aria-hidden="true"><use href="#i-seven"/></svg>)"
        R"(<svg class="i i--l" width="20" height="20" aria-hidden="true"><use href="#i-seven"/></svg>)");

    out.icon_symbols();
    EXPECT_EQ(out.take(),
        R"(<svg hidden aria-hidden="true"><symbol id="i-seven" viewBox="0 0 24 24"><path d="M7"/></symbol></svg>)");

    out.icon_symbols();
    EXPECT_EQ(out.take(), "");
}

TEST(Html, DrawsIconsInFullInAFragment)
{
    web::Html out(environment, web::HtmlMode::Fragment);
    out.icon(assets::Icon{7});
    out.icon_symbols();

    EXPECT_EQ(out.take(), R"(<svg class="i" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true">)"
                          R"(<path d="M7"/></svg>)");
}

TEST(Html, AnEmptyBlockIsFalse)
{
    int calls = 0;
    const auto body = [&] { ++calls; };
    const web::Block block(body);

    EXPECT_FALSE(web::Block());
    ASSERT_TRUE(block);
    block();
    EXPECT_EQ(calls, 1);
}
