// The frame around every page, drawn without a server: what the layouts promise to visitors, scripts and the policy.

#include "assets/assets.hpp"
#include "errors/show.html.hpp"
#include "layouts/customer.html.hpp"
#include "layouts/emergency.html.hpp"
#include "layouts/guest.html.hpp"
#include "layouts/sign_in.html.hpp"
#include "layouts/staff.html.hpp"
#include "partials/error_summary.html.hpp"
#include "partials/type_tile.html.hpp"
#include "web/page_language.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <string>
#include <vector>

namespace {

using testing::HasSubstr;
using testing::Not;

const web::SiteNames site;

const std::vector<web::LanguageChoice> languages = {
    {"en", "English", "Smell gas?"}, {"es", "Español", "¿Huele a gas?"}};

web::Page guest_page()
{
    web::Page page;
    page.language = "en";
    page.title = base::Text::verbatim("Title");
    page.site = &site;
    page.languages = &languages;
    page.now = "2026-11-17T23:42:00Z";
    page.csrf = "the-token";
    page.target = "/here/?a=1&b=2";
    return page;
}

web::Page mei_page()
{
    auto page = guest_page();
    page.user_id = UserId{7};
    page.user_name = "Mei Tan";
    page.user_initials = "MT";
    page.unread = 3;
    return page;
}

web::Page ravi_page()
{
    auto page = mei_page();
    page.user_name = "Ravi Patel";
    page.is_staff = true;
    return page;
}

template <class Draw>
std::string drawn(Draw draw)
{
    const web::PageLanguage english(std::make_unique<const i18n::Language>());
    web::Html out{english};
    draw(out);
    return out.take();
}

std::string customer(const web::Page& page)
{
    return drawn([&](web::Html& out) { views::layouts::customer(out, page); });
}

std::string staff(const web::Page& page)
{
    return drawn([&](web::Html& out) { views::layouts::staff(out, page); });
}

std::string guest(const web::Page& page)
{
    return drawn([&](web::Html& out) { views::layouts::guest(out, page); });
}

std::string sign_in(const web::Page& page)
{
    return drawn([&](web::Html& out) { views::layouts::sign_in(out, page); });
}

std::string emergency(const web::Page& page)
{
    return drawn([&](web::Html& out) { views::layouts::emergency(out, page); });
}

std::vector<std::string> every_frame()
{
    return {
        customer(mei_page()), staff(ravi_page()), guest(guest_page()), sign_in(guest_page()), emergency(guest_page())};
}

std::size_t times(const std::string& text, const std::string& pattern)
{
    const std::regex regex{pattern};
    return static_cast<std::size_t>(
        std::distance(std::sregex_iterator{text.begin(), text.end(), regex}, std::sregex_iterator{}));
}

TEST(Frame, HasOneMainThatTheSkipLinkReaches)
{
    for (const auto& html : every_frame()) {
        EXPECT_EQ(times(html, "<main id=\"main\""), 1U);
        EXPECT_LT(html.find("href=\"#main\""), html.find("<header"));
    }
}

TEST(Frame, HoldsNothingThatThePolicyForbids)
{
    for (const auto& html : every_frame()) {
        EXPECT_EQ(times(html, "\\sstyle="), 0U);
        EXPECT_EQ(times(html, "\\son[a-z]+="), 0U);
        EXPECT_EQ(times(html, "<style"), 0U);
        EXPECT_EQ(times(html, "<script(?! type=\"module\" src=\"/static/)"), 0U);
        EXPECT_EQ(times(html, "(href|src)=\"https?:"), 0U);
    }
}

TEST(Frame, EveryPostFormCarriesTheToken)
{
    for (const auto& html : every_frame()) {
        EXPECT_EQ(times(html, "<form[^>]*method=\"post\""), times(html, "name=\"csrf\" value=\"the-token\""));
    }
}

TEST(Frame, EveryIconThatIsUsedIsDrawnOnce)
{
    for (const auto& html : every_frame()) {
        const std::regex use{"<use href=\"#(i-[a-z0-9-]+)\""};
        for (std::sregex_iterator found{html.begin(), html.end(), use}, end; found != end; ++found) {
            EXPECT_EQ(times(html, "<symbol id=\"" + found->str(1) + "\""), 1U) << found->str(1);
        }
    }
}

TEST(Frame, GivesTheEmergencyNumberToCustomersAndGuests)
{
    for (const auto& html :
        {customer(mei_page()), guest(guest_page()), sign_in(guest_page()), emergency(guest_page())}) {
        EXPECT_LT(html.find("href=\"tel:+18005550199\""), html.find("<main"));
    }
}

TEST(Frame, MarksThePlaceOfThePage)
{
    auto page = mei_page();
    page.place = web::Place::Requests;

    const auto html = customer(page);

    EXPECT_EQ(times(html, "aria-current"), 2U) << "once at the top, once at the bottom";
    EXPECT_EQ(times(html, "href=\"/service/\" aria-current=\"page\""), 2U);
}

TEST(Frame, PrintsNamesAsText)
{
    auto page = ravi_page();
    page.user_name = "<b>\"Ravi\"</b>";
    page.title = base::Text::verbatim("</title><script>");
    page.search = "\"><script>";

    const auto html = staff(page);

    EXPECT_THAT(html, Not(HasSubstr("<b>\"Ravi\"")));
    EXPECT_EQ(times(html, "<script"), 1U) << "our own";
}

TEST(Frame, SaysWhichThemeWasChosen)
{
    auto page = guest_page();
    EXPECT_THAT(guest(page), Not(HasSubstr("data-theme=")));
    page.theme = "dark";
    EXPECT_THAT(guest(page), HasSubstr("data-theme=\"dark\""));
    EXPECT_EQ(times(guest(page), "aria-pressed=\"true\""), 2U) << "one theme and one language";
}

TEST(Frame, UnreadCountIsHiddenAtZeroAndShortAboveNinetyNine)
{
    auto page = mei_page();
    page.unread = 0;
    EXPECT_EQ(times(customer(page), "data-unread hidden"), 2U);
    page.unread = 120;
    EXPECT_EQ(times(customer(page), "data-unread-number>99\\+<"), 2U);
    EXPECT_THAT(customer(page), HasSubstr(", more than 99 unread"));
}

TEST(Frame, PageThatIsNotLiveOpensNoStream)
{
    auto page = ravi_page();
    EXPECT_EQ(times(staff(page), "data-live(-state)?[ =]"), 0U);
    page.live_topics = "counts queue:?q=a";
    page.live_after = "17";
    page.live_keep = true;
    EXPECT_THAT(
        staff(page), testing::ContainsRegex("data-live=\"counts queue:\\?q=a\" data-live-after=\"17\" data-live-worker="
                                            "\"/static/live_worker\\.[0-9a-f]+\\.js\" data-live-keep"));
    EXPECT_EQ(times(staff(page), "data-live-state hidden"), 1U);
}

TEST(Frame, EveryStaffMemberFindsUsersAndAccounts)
{
    const web::Page page = ravi_page();
    EXPECT_THAT(staff(page), HasSubstr("/admin/users/"));
    EXPECT_THAT(staff(page), HasSubstr("/admin/accounts/"));
}

TEST(Frame, LeakPageHasNoScriptNoFontAndNoForm)
{
    const auto html = emergency(guest_page());

    EXPECT_THAT(html, Not(HasSubstr("<script")));
    EXPECT_THAT(html, Not(HasSubstr("woff2")));
    EXPECT_THAT(html, Not(HasSubstr("the-token"))) << "it is the same for everybody, so it may be cached";
    EXPECT_THAT(html, Not(HasSubstr("data-texts")));
}

TEST(Frame, SignedInVisitorIsNotAskedToSignIn)
{
    EXPECT_THAT(guest(guest_page()), HasSubstr("/accounts/login/"));
    EXPECT_THAT(guest(mei_page()), Not(HasSubstr("/accounts/login/")));
}

TEST(ErrorPage, ShowsWhatWasTypedAsText)
{
    web::ErrorPage error;
    error.status = 403;
    error.title = base::Text::verbatim("This page expired");
    error.text = base::Text::verbatim("Nothing was sent.");
    error.kept = {{.name = "text", .label = base::Text("Comment"), .text = "two\nlines </textarea><script>"}};

    const auto html = drawn([&](web::Html& out) { views::errors::show(out, guest_page(), error); });

    EXPECT_THAT(html, HasSubstr("Error 403"));
    EXPECT_THAT(html, HasSubstr("two\nlines &lt;/textarea&gt;&lt;script&gt;</textarea>"));
    EXPECT_THAT(html, HasSubstr("data-refused")) << "scripts keep the draft because of it";
}

TEST(ErrorPage, WithoutKeptTextSaysNothingOfIt)
{
    const auto html = drawn([&](web::Html& out) { views::errors::show(out, guest_page(), web::ErrorPage{}); });

    EXPECT_THAT(html, Not(HasSubstr("kept-title")));
}

TEST(ErrorSummary, LinksToTheFieldsAndTakesTheFocus)
{
    web::FormErrors errors;
    const auto summary = [&] { return drawn([&](web::Html& out) { views::partials::error_summary(out, errors); }); };
    EXPECT_EQ(summary().find('<'), std::string::npos);

    errors.add("description", base::Text("Tell us <what>"));

    EXPECT_THAT(summary(), HasSubstr("<a href=\"#description\">Tell us &lt;what&gt;</a>"));
    EXPECT_THAT(summary(), HasSubstr("role=\"alert\" tabindex=\"-1\" autofocus data-focus data-refused"));
}

TEST(TypeTile, TypeWithAnUnknownIconStillHasOne)
{
    const auto html = drawn([](web::Html& out) { views::partials::type_tile(out, "no-such-icon", false); });

    EXPECT_THAT(html, HasSubstr("#i-message-circle"));
}

TEST(AlarmBoard, APhoneCountsThoseOfOneSenderWhoseLineItHides)
{
    // Three lines of 67: the first, one that speaks for eight of one sender, and the one that has waited longest.
    web::AlarmBoard board{.alarms = {{.is_longest = false}, {.folded = 7}, {.is_longest = true}}, .waiting = 67};
    EXPECT_EQ(board.more(), 64);
    EXPECT_EQ(board.more_on_phone(), 65 + 7);
    board.alarms[1].folded = 0;
    EXPECT_EQ(board.more_on_phone(), 65);
}

} // namespace
