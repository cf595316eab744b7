// A gas leak in a form that cannot be carried out as its typist's is taken all the same, and other text waits.

#include "support/test_site.hpp"
#include "web/forms/csrf.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string key = "AAAAAAAAAAAAAAAAAAAAAA";

class LeakInstead : public testing::Test
{
  protected:
    LeakInstead() { mei.sign_in_as(site.cast.mei); }

    std::string token_of(Client& browser) { return web::csrf_token(browser.cookie("gu_session")) + browser.seal(); }
    Client::Fields leak(std::string csrf, std::string address = "9 Mill Lane") const
    {
        return {{"csrf", std::move(csrf)}, {"submission", key}, {"request_type", "gas-leak"},
            {"description", "It hisses"}, {"account", "other"}, {"address", std::move(address)}};
    }
    Client::Fields call(std::string csrf, std::string address = "9 Mill Lane") const
    {
        return {{"csrf", std::move(csrf)}, {"submission", key}, {"request_type", "gas-leak"},
            {"description", "It hisses"}, {"name", "Pat"}, {"phone", "518 555 0123"}, {"customer", "4410-2087-33"},
            {"note", "Sounds calm"}, {"address", std::move(address)}};
    }
    void require_new_password(const std::string& username)
    {
        site.database->write([&](db::Transaction& tx) {
            tx.apply("UPDATE auth_user SET must_change_password = 1 WHERE username = $1", username);
        });
    }
    support::Answer choose_password(Client& browser, const std::string& next)
    {
        const std::string right(support::cast_password);
        const std::string wanted = "seven lamps of winter";
        return browser.post("/account/password/",
            {{"current_password", right}, {"new_password", wanted}, {"new_password_again", wanted}, {"next", next}});
    }
    /// Of nobody.
    std::int64_t guests_leaks()
    {
        return site.database.number(
            "SELECT count(*) FROM service_servicerequest WHERE is_emergency = 1 AND user_id IS NULL");
    }
    /// Of somebody.
    std::int64_t owned_leaks()
    {
        return site.database.number(
            "SELECT count(*) FROM service_servicerequest WHERE is_emergency = 1 AND user_id IS NOT NULL");
    }
    std::int64_t kept() { return site.database.number("SELECT count(*) FROM service_draft"); }

    support::TestSite site;
    Client mei{site};
    Client other{site};
    const std::string report = "/emergency/report/";
    const std::string not_sent = "What you typed was not sent yet. It will be back in the form";
};

TEST_F(LeakInstead, OfACustomerWithATemporaryPasswordIsHersAndHasAReceiptOnce)
{
    require_new_password("mei");
    const auto sent = mei.post_without_token("/service/create/", leak(token_of(mei)));

    EXPECT_THAT(sent.location(), StartsWith(report));
    EXPECT_THAT(mei.get(sent.location()).body, AllOf(HasSubstr("We have your report"), HasSubstr("9 Mill Lane")));
    EXPECT_EQ(mei.post_without_token("/service/create/", leak(token_of(mei))).location(), sent.location());
    EXPECT_EQ(owned_leaks(), 1);
    EXPECT_THAT(site.notifications(), testing::Contains(HasSubstr("ravi: A gas leak was reported")));
    EXPECT_EQ(kept(), 0);
}

TEST_F(LeakInstead, OtherTextWaitsForTheNewPasswordAndIsBackOnItsPage)
{
    const auto id = site.submit(site.cast.mei, "Boiler");
    const std::string own = "/service/" + std::to_string(id.value) + "/";
    require_new_password("mei");
    const auto asked = mei.post(own + "comments/", {{"text", "It is <cold>"}});
    EXPECT_EQ(asked.location(), "/account/password/?next=%2Fservice%2F" + std::to_string(id.value) + "%2F");
    EXPECT_THAT(mei.get(asked.location()).body, AllOf(HasSubstr(not_sent), Not(HasSubstr("cold"))));
    EXPECT_THAT(mei.get("/account/password/").body, Not(HasSubstr(not_sent)));
    const auto refused =
        mei.post("/account/password/", {{"current_password", ""}, {"new_password", "x"}, {"next", own}});
    EXPECT_THAT(refused.body, AllOf(HasSubstr(not_sent), HasSubstr("name=\"next\" value=\"" + own)));

    EXPECT_EQ(choose_password(mei, own).location(), own);
    EXPECT_THAT(mei.get(own).body,
        AllOf(HasSubstr("It is &lt;cold&gt;</textarea>"), HasSubstr("What you typed is back, but not sent yet.")));
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_comment"), 0);
}

TEST_F(LeakInstead, ANewRequestAndAReplyOfStaffWaitToo)
{
    const auto id = site.submit(site.cast.mei, "Boiler");
    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    require_new_password("mei");
    require_new_password("ravi");
    const Client::Fields request = {{"request_type", "billing"}, {"description", "Too <much>"}};
    const std::string asked = mei.post("/service/create/", request).location();
    EXPECT_EQ(asked, "/account/password/?next=%2Fservice%2Fcreate%2F");
    EXPECT_EQ(mei.get("/service/create/").location(), asked) << "after signing in with it";
    EXPECT_EQ(mei.get("/service/").location(), "/account/password/") << "no form there";
    EXPECT_EQ(choose_password(mei, "/service/create/").location(), "/service/create/");
    EXPECT_THAT(mei.get("/service/create/").body, HasSubstr("Too &lt;much&gt;</textarea>"));

    const std::string page = "/admin/requests/" + std::to_string(id.value) + "/";
    const auto reply = ravi.post(page + "comments/", {{"text", "A crew comes"}, {"visibility", "public"}});
    EXPECT_THAT(ravi.get(reply.location()).body, HasSubstr(not_sent));
    EXPECT_EQ(choose_password(ravi, page).location(), page);
    EXPECT_THAT(ravi.get(page).body, HasSubstr("A crew comes</textarea>"));
}

TEST_F(LeakInstead, WhatScriptsSendAndWhatWasSentBeforeIsNoText)
{
    const auto id = site.submit(site.cast.mei, "Boiler");
    const std::string own = "/service/" + std::to_string(id.value) + "/";
    const Client::Fields comment = {{"text", "It is cold"}, {"submission", key}};
    mei.post(own + "comments/", comment);
    require_new_password("mei");
    EXPECT_EQ(mei.post(own + "read/", {{"until", "1.1"}}).location(), "/account/password/");
    EXPECT_EQ(mei.post(own + "comments/", comment).location(), "/account/password/");
    EXPECT_EQ(kept(), 0);
    EXPECT_EQ(choose_password(mei, "//evil.example/").location(), "/account/");
}

TEST_F(LeakInstead, SentWhileSomebodyElseIsSignedInIsNobodysAndShowsNothingOfTheirs)
{
    for (const base::Visitor& person : {site.cast.omar, site.cast.ravi}) {
        Client browser(site);
        browser.sign_in_as(person);
        const std::string place = person.is_staff() ? "8 Mill Lane" : "9 Mill Lane";
        const auto sent = browser.post_without_token("/service/create/", leak(token_of(mei), place));
        ASSERT_THAT(sent.location(), StartsWith(report));
        EXPECT_THAT(browser.get(sent.location()).body,
            AllOf(HasSubstr("We have your report"), HasSubstr(place), Not(HasSubstr("Omar")), Not(HasSubstr("Ravi"))));
        EXPECT_THAT(browser.get("/service/").body, Not(HasSubstr(place)));
    }
    EXPECT_EQ(guests_leaks(), 2);
    EXPECT_EQ(owned_leaks(), 0);
    EXPECT_EQ(kept(), 0);
}

TEST_F(LeakInstead, WithoutAnAddressItIsAskedForAndStaysNobodys)
{
    other.sign_in_as(site.cast.omar);
    const auto asked = other.post_without_token("/service/create/", leak(token_of(mei), ""));
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("It hisses</textarea>"), Not(HasSubstr("14 Elm"))));
    const auto sent = other.post_without_token(
        "/emergency/", {{"csrf", asked.input("csrf")}, {"address", "9 Mill Lane"}, {"notes", "It hisses"}});
    EXPECT_THAT(sent.location(), StartsWith(report));
    EXPECT_EQ(guests_leaks(), 1);
}

TEST_F(LeakInstead, OnTheEmergencyPageDrawnForHerIsNotFiledUnderWhoeverSignedIn)
{
    const std::string drawn = mei.get("/emergency/").input("csrf");
    EXPECT_EQ(other.get("/emergency/").input("csrf"), "");
    other.sign_in_as(site.cast.omar);
    other.post_without_token("/emergency/", {{"csrf", drawn}, {"address", "9 Mill Lane"}});
    EXPECT_EQ(guests_leaks(), 1);
    mei.post_without_token("/emergency/", {{"csrf", drawn}, {"address", "8 Mill Lane"}});
    EXPECT_EQ(guests_leaks(), 1);
    EXPECT_EQ(owned_leaks(), 1);
}

TEST_F(LeakInstead, OfACallerIsTakenWhoeverSitsAtTheDeskNowAndNobodyWroteItDown)
{
    Client sofia(site);
    sofia.sign_in_as(site.cast.sofia);
    other.sign_in_as(site.cast.ravi);
    const auto by_ravi = other.post_without_token("/admin/requests/create/", call(token_of(sofia)));
    ASSERT_THAT(by_ravi.location(), StartsWith(report));
    EXPECT_THAT(other.get(by_ravi.location()).body, AllOf(HasSubstr("9 Mill Lane"), HasSubstr("Customer: 4410-2087-33"),
                                                        HasSubstr("Note: Sounds calm"), Not(HasSubstr("Elm Street"))));
    Client nobody(site);
    const auto ended = nobody.post_without_token("/admin/requests/create/", call(token_of(sofia), ""));
    ASSERT_THAT(ended.location(), StartsWith(report));
    EXPECT_THAT(nobody.get(ended.location()).body,
        AllOf(HasSubstr("Customer 4410-2087-33"), Not(HasSubstr("Elm Street")), Not(HasSubstr("Mei"))));
    require_new_password("sofia");
    EXPECT_THAT(sofia.post_without_token("/admin/requests/create/", call(token_of(sofia), "7 Mill Lane")).location(),
        StartsWith(report));
    EXPECT_EQ(guests_leaks(), 3);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_leak_report WHERE sender <> ''"), 0)
        << "calls are not of one sender";
    EXPECT_EQ(kept(), 0);
    EXPECT_EQ(other
                  .post_without_token("/admin/requests/create/",
                      {{"csrf", token_of(sofia)}, {"request_type", "gas-leak"}, {"phone", "518"}, {"find", "1"}})
                  .status,
        403)
        << "a look for the customer is no report";
}

TEST_F(LeakInstead, OfAnotherTypeIsRefusedWithWordsWhereverTheBrowserIsLed)
{
    other.sign_in_as(site.cast.ravi);
    other.set_header("sec-fetch-mode", "navigate");
    auto form = leak(token_of(mei));
    form[2].second = "billing";
    const auto refused = other.post_without_token("/service/create/", form);
    EXPECT_THAT(refused.location(), StartsWith("/service/create/?refused="));
    const auto page = other.get(refused.location());
    EXPECT_EQ(page.status, 403);
    EXPECT_THAT(page.body, HasSubstr("Somebody else is signed in here now"));
    EXPECT_EQ(other.get("/service/create/").location(), "/admin/requests/create/");
    EXPECT_EQ(kept(), 1);
}

TEST_F(LeakInstead, FromAnotherOriginIsTakenWithoutTheRightsOfTheSessionUnlessTheBrowserCallsItForeign)
{
    const std::string token = token_of(mei);
    for (const auto& [origin, place] :
        {std::pair("null", "1 Mill Lane"), std::pair("https://gas.example", "2 Mill Lane")}) {
        mei.set_header("origin", origin);
        EXPECT_THAT(mei.post_without_token("/service/create/", leak(token, place)).location(), StartsWith(report));
    }
    EXPECT_EQ(guests_leaks(), 2);
    const auto id = site.submit(site.cast.mei, "Boiler");
    EXPECT_EQ(mei.post("/service/" + std::to_string(id.value) + "/comments/", {{"text", "x"}}).status, 403);
    mei.set_header("sec-fetch-site", "cross-site");
    EXPECT_EQ(mei.post_without_token("/service/create/", leak(token, "3 Mill Lane")).status, 403);
    EXPECT_EQ(owned_leaks(), 0);
}

TEST_F(LeakInstead, OnAPageThatIsTooOldIsTaken)
{
    EXPECT_THAT(mei.post_without_token("/service/create/", leak("expired")).location(), StartsWith(report));
    EXPECT_EQ(guests_leaks(), 1);
}

} // namespace
