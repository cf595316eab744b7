#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* spanish_page = "<html lang=\"es\"";
constexpr const char* to_spanish = "<a href=\"/emergency/?lang=es\" lang=\"es\" hreflang=\"es\">¿Huele a gas?</a>";
constexpr const char* to_english = "<a href=\"/emergency/?lang=en\" lang=\"en\" hreflang=\"en\">Smell gas?</a>";

class LeakLanguage : public testing::Test
{
  protected:
    support::TestSite site;
    support::Client guest{site};
    support::Client ravi{site};

    void SetUp() override { ravi.sign_in_as(site.cast.ravi); }

    std::string report(const std::string& form)
    {
        const auto answer = guest.post_without_token(
            form, {{"address", "9 Oak Street"}, {"submission", "a-key-of-more-than-22-characters"}});
        EXPECT_EQ(answer.status, 303);
        return answer.location();
    }
};

TEST_F(LeakLanguage, IsOfferedByTheStripAndThePanelOfEveryPage)
{
    support::Client mei(site);
    mei.sign_in_as(site.cast.mei);
    for (const char* page : {"/", "/accounts/login/", "/emergency/"})
        EXPECT_THAT(guest.get(page).body, AllOf(HasSubstr(to_spanish), Not(HasSubstr(to_english)))) << page;
    for (const char* page : {"/", "/service/", "/service/create/"})
        EXPECT_THAT(mei.get(page).body, HasSubstr(to_spanish)) << page;
    guest.set_cookie("language", "es");
    for (const char* page : {"/", "/emergency/"})
        EXPECT_THAT(guest.get(page).body, AllOf(HasSubstr(to_english), Not(HasSubstr(to_spanish)))) << page;
}

TEST_F(LeakLanguage, IsThatOfTheAddressWithoutACookie)
{
    const auto page = guest.get("/emergency/?lang=es");
    EXPECT_THAT(page.body, AllOf(HasSubstr(spanish_page), HasSubstr("action=\"/emergency/?lang=es\"")));
    EXPECT_EQ(page.header("Set-Cookie"), "");
    const auto refused = guest.post_without_token("/emergency/?lang=es", {{"address", ""}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, AllOf(HasSubstr(spanish_page), HasSubstr("action=\"/emergency/?lang=es\"")));
    EXPECT_THAT(guest.get("/emergency/?lang=xx").body, HasSubstr("<html lang=\"en\""));
}

TEST_F(LeakLanguage, StaysOnThePrivatePageOnAnyDevice)
{
    const std::string link = report("/emergency/?lang=es");
    EXPECT_THAT(link, AllOf(StartsWith("/emergency/report/"), EndsWith("/?lang=es")));
    const auto page = guest.get(link);
    EXPECT_THAT(page.body, AllOf(HasSubstr(spanish_page), HasSubstr("<a href=\"" + link + "\" data-check>"),
                               HasSubstr("<a href=\"?lang=en\" lang=\"en\" hreflang=\"en\">English</a>")));
    const std::string bare = link.substr(0, link.find('?'));
    support::Client elsewhere(site);
    EXPECT_THAT(elsewhere.get(bare).body, HasSubstr(spanish_page));
    EXPECT_THAT(elsewhere.get(bare + "?lang=en").body, HasSubstr("<html lang=\"en\""));
    elsewhere.set_cookie("language", "en");
    EXPECT_THAT(elsewhere.get(bare).body, HasSubstr("<html lang=\"en\"")) << "somebody chose";
}

TEST_F(LeakLanguage, StaysWhenTheSameReportIsSentAgain)
{
    report("/emergency/?lang=es");
    const auto again = guest.post_without_token(
        "/emergency/?lang=es", {{"address", "9 Oak Street"}, {"submission", "another-key-of-22-characters"}});
    EXPECT_THAT(again.location(), EndsWith("/?again=1&lang=es"));
    EXPECT_THAT(guest.get(again.location()).body, HasSubstr("action=\"/emergency/?lang=es\""));
}

TEST_F(LeakLanguage, IsToldToTheDeskInBarRowAndHead)
{
    report("/emergency/?lang=es");
    EXPECT_THAT(ravi.get("/admin/users/").body, HasSubstr("<b class=\"alarm__flag\">Reported in Spanish</b>"));
    EXPECT_THAT(ravi.get("/admin/requests/?status=Pending&type=gas-leak").body,
        HasSubstr("<b class=\"flag\">Reported in Spanish</b>"));
    EXPECT_THAT(ravi.get("/admin/requests/1/").body, HasSubstr("<b class=\"flag\">Reported in Spanish</b>"));
    ravi.post("/admin/requests/1/take/", {});
    EXPECT_THAT(ravi.get("/admin/requests/?status=Pending&type=gas-leak").body, HasSubstr("Reported in Spanish"));
}

TEST_F(LeakLanguage, OfACustomersFormIsToldToo)
{
    support::Client mei(site);
    mei.sign_in_as(site.cast.mei).set_cookie("language", "es");
    mei.post("/service/create/", {{"request_type", "gas-leak"}, {"account", "other"}, {"address", "12 Elm Street"},
                                     {"submission", "a-key-of-more-than-22-characters"}});
    EXPECT_THAT(ravi.get("/admin/").body, HasSubstr("Reported in Spanish"));
}

TEST_F(LeakLanguage, IsNotToldOfEnglishNorOfACallThatStaffWroteDown)
{
    report("/emergency/");
    ravi.set_cookie("language", "es");
    ravi.post("/admin/requests/create/", {{"request_type", "gas-leak"}, {"address", "14 Elm Street"}, {"name", "Nina"},
                                             {"submission", "a-key-of-more-than-22-characters"}});
    support::Client sofia(site);
    sofia.sign_in_as(site.cast.sofia);
    EXPECT_THAT(sofia.get("/admin/").body,
        AllOf(HasSubstr("9 Oak Street"), HasSubstr("14 Elm Street"), Not(HasSubstr("Reported in"))));
}

} // namespace
