// What becomes of a form that cannot be carried out: its text is kept for its typist, and the page that refuses it has
// an address.

#include "notifications/notification.hpp"
#include "support/test_site.hpp"
#include "web/forms/csrf.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class KeptForms : public testing::Test
{
  protected:
    KeptForms() { mei.sign_in_as(site.cast.mei); }

    support::TestSite site;
    ServiceRequestId id = site.submit(site.cast.mei, "Boiler");
    std::string comments = "/service/" + std::to_string(id.value) + "/comments/";
    Client mei{site};
    Client guest{site};
};

class TypedByMei : public KeptForms
{
  protected:
    support::Answer send_from(Client& browser)
    {
        return browser.post_without_token(comments, {{"text", "It is <cold>"}, {"csrf", token}});
    }
    std::int64_t kept() { return site.database.number("SELECT count(*) FROM service_draft"); }

    const std::string page = "/service/" + std::to_string(id.value) + "/";
    const std::string token = web::csrf_token(mei.cookie("gu_session")) + mei.seal();
};

TEST_F(TypedByMei, WhoSignedOutInAnotherTabIsAskedToSignInAndFindsTheTextAgain)
{
    const auto answer = send_from(guest);
    EXPECT_EQ(answer.status, 403);
    EXPECT_THAT(answer.body, AllOf(HasSubstr("Nobody else gets it"), Not(HasSubstr("cold"))));
    EXPECT_EQ(guest.sign_in_again("mei", page).location(), page);
    for (int looks = 0; looks < 2; ++looks) {
        guest.ask(http::Method::Head, page);
        EXPECT_THAT(guest.get(page).body, HasSubstr("It is &lt;cold&gt;</textarea>"));
        EXPECT_THAT(mei.get(page).body, HasSubstr("It is &lt;cold&gt;</textarea>")) << "in her other tab, too";
    }
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_comment"), 0);
}

class LeakByMei : public TypedByMei
{
  protected:
    Client::Fields leak(std::string csrf) const
    {
        return {{"csrf", std::move(csrf)}, {"submission", "AAAAAAAAAAAAAAAAAAAAAA"}, {"request_type", "gas-leak"},
            {"description", "It hisses"}, {"phone", "518 555 0123"}, {"unable_to_leave", "yes"}};
    }
    std::int64_t leaks()
    {
        return site.database.number("SELECT count(*) FROM service_servicerequest WHERE is_emergency = 1");
    }
};

TEST_F(LeakByMei, SentAfterTheSessionEndedIsTakenAsAGuestsOnce)
{
    auto form = leak(token);
    form.emplace_back("account", "other");
    form.emplace_back("address", "9 Mill Lane");
    const auto answer = guest.post_without_token("/service/create/", form);
    EXPECT_THAT(answer.location(), testing::StartsWith("/emergency/report/"));
    EXPECT_THAT(guest.get(answer.location()).body, AllOf(HasSubstr("Call 911 now"), HasSubstr("9 Mill Lane"),
                                                       HasSubstr("It hisses"), HasSubstr("(518) 555-0123")));
    EXPECT_EQ(guest.post_without_token("/service/create/", form).location(), answer.location());
    EXPECT_EQ(leaks(), 1);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_servicerequest WHERE user_id IS NULL"), 1);
    EXPECT_EQ(kept(), 0);
}

TEST_F(LeakByMei, HasTheAddressOfHerAccountOnlyWithHerSeal)
{
    const AccountId account = site.cast.account_of_mei;
    auto form = leak(token);
    form.emplace_back("account", std::to_string(account.value));
    const auto answer = guest.post_without_token("/service/create/", form);
    EXPECT_THAT(guest.get(answer.location()).body, HasSubstr("12 Elm Street"));

    auto forged = leak("forged");
    forged.emplace_back("account", std::to_string(account.value));
    const auto asked = guest.post_without_token("/service/create/", forged);
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body,
        AllOf(HasSubstr("Call 911 now"), HasSubstr("1-800-555-0199"), HasSubstr("Enter the address"),
            HasSubstr("It hisses</textarea>"), HasSubstr("action=\"/emergency/\""), Not(HasSubstr("12 Elm"))));
    EXPECT_EQ(leaks(), 1);
}

TEST_F(LeakByMei, WhatWasCarriedOutBeforeIsNoSecondReportAndOtherTypesAskToSignIn)
{
    auto form = leak(token);
    form.emplace_back("account", "other");
    form.emplace_back("address", "9 Mill Lane");
    EXPECT_EQ(mei.post_without_token("/service/create/", form).status, 303);
    EXPECT_EQ(guest.post_without_token("/service/create/", form).status, 403);
    EXPECT_EQ(leaks(), 1);
    form[2].second = "billing";
    EXPECT_EQ(guest.post_without_token("/service/create/", form).status, 403);
    EXPECT_EQ(leaks(), 1);
}

TEST_F(TypedByMei, FromAnotherSiteNothingIsKept)
{
    guest.set_header("sec-fetch-site", "cross-site");
    EXPECT_THAT(send_from(guest).body, HasSubstr("This form came from another web address"));
    EXPECT_EQ(kept(), 0);
}

TEST_F(TypedByMei, WhoeverElseSignsInSeesNothingAndSheFindsAllOfIt)
{
    send_from(guest);
    const auto in =
        guest.post("/accounts/login/", {{"username", "omar"}, {"password", std::string(support::cast_password)},
                                           {"next", page}, {"typist", std::to_string(site.cast.mei.user_id.value)}});
    EXPECT_EQ(in.location(), "/") << "and not to her page";
    for (const std::string path : {"/", "/service/create/", "/account/", page.c_str()})
        EXPECT_THAT(guest.get(path).body, AllOf(Not(HasSubstr("cold")), Not(HasSubstr("What you typed is back"))))
            << path;
    guest.post("/accounts/logout/", {});
    guest.sign_in_again("mei", page);
    EXPECT_THAT(guest.get(page).body, HasSubstr("It is &lt;cold&gt;</textarea>"));
}

TEST_F(TypedByMei, SentWhileSomebodyElseIsSignedInItWaitsForHer)
{
    const auto his = site.submit(site.cast.omar, "Boiler");
    Client omar(site);
    omar.sign_in_as(site.cast.omar);
    omar.post("/service/" + std::to_string(his.value) + "/comments/", {{"text", "Hello?"}});
    site.database->write([&](db::Transaction& tx) {
        notifications::notify_customer(tx, site.act(site.cast.ravi), {his, notifications::Kind::Replied});
    });
    for (const base::Visitor& other : {site.cast.omar, site.cast.ravi}) {
        Client browser(site);
        browser.sign_in_as(other);
        EXPECT_THAT(browser.get("/notifications/").body, HasSubstr(">, 1 unread<"));
        const auto answer = send_from(browser);
        EXPECT_EQ(answer.status, 403);
        EXPECT_THAT(answer.body, AllOf(HasSubstr("Somebody else is signed in here now"), Not(HasSubstr("cold")),
                                     Not(HasSubstr(">, 1 unread<")), Not(HasSubstr("data-live=\"unread"))))
            << "how much waits for whoever is signed in is not for her";
    }
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_comment"), 1) << "Omar's own";
    EXPECT_THAT(mei.get(page).body, HasSubstr("It is &lt;cold&gt;</textarea>"));
}

TEST_F(TypedByMei, AfterSheSignedInAgainAnOldPageStillWorks)
{
    Client again(site);
    again.sign_in_as(site.cast.mei);
    EXPECT_EQ(send_from(again).status, 303);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_comment"), 1);
}

TEST_F(TypedByMei, NobodyElseCanMakeHerSeal)
{
    const std::string meis = std::to_string(site.cast.mei.user_id.value);
    const std::string omars = web::form_seal(site.site().form_key, site.cast.omar.user_id);
    for (const std::string& seal : {std::string(), "." + meis + ".", "." + meis + "." + web::csrf_token("key " + meis),
             "." + meis + omars.substr(omars.rfind('.')), mei.seal() + "A", ".." + mei.seal(), std::string(".0.")}) {
        EXPECT_EQ(guest.post_without_token(comments, {{"text", "x"}, {"csrf", "x" + seal}}).status, 403);
        EXPECT_EQ(kept(), 0) << seal;
    }
}

TEST_F(TypedByMei, NoMoreThanFiftyFormsAreKeptForOneUser)
{
    for (int i = 1; i <= 55; ++i) {
        site.clock.advance(std::chrono::seconds(1));
        guest.post_without_token("/service/" + std::to_string(i) + "/comments/", {{"text", "x"}, {"csrf", token}});
    }
    EXPECT_EQ(kept(), 50);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_draft WHERE path = '/service/55/comments/'"), 1);
}

class RefusedPages : public KeptForms
{
  protected:
    RefusedPages() { mei.set_header("sec-fetch-mode", "navigate"); }
    std::int64_t kept() { return site.database.number("SELECT count(*) FROM service_refused_page"); }
};

TEST_F(RefusedPages, HaveAnAddressThatReloadsAndTheBackButtonShow)
{
    const auto refused = mei.post(comments, {{"text", ""}});
    EXPECT_EQ(refused.status, 303);
    EXPECT_THAT(refused.location(), testing::StartsWith("/service/" + std::to_string(id.value) + "/?refused="));
    for (int looks = 0; looks < 2; ++looks) {
        const auto page = mei.get(refused.location());
        EXPECT_EQ(page.status, 422);
        EXPECT_THAT(page.body, HasSubstr("Problem: "));
        EXPECT_EQ(page.header("Cache-Control"), "no-store");
    }
    Client omar(site);
    omar.sign_in_as(site.cast.omar);
    EXPECT_EQ(omar.get(refused.location()).status, 404);
    EXPECT_THAT(guest.get(refused.location()).location(), HasSubstr("/accounts/login/"));
    site.clock.advance(std::chrono::hours(25));
    mei.sign_in_as(site.cast.mei);
    EXPECT_EQ(mei.get(refused.location()).status, 200) << "the page as it is now";
}

TEST_F(RefusedPages, AreForgottenOnceTheirFormWasCarriedOut)
{
    const std::string page = "/service/" + std::to_string(id.value) + "/";
    const std::string first = mei.post(comments, {{"text", ""}}).location();
    const std::string second = mei.post(comments, {{"text", ""}}).location();
    mei.set_header("referer", "http://localhost" + second);
    mei.post("/notifications/read/", {{"newest", "1.1"}});
    EXPECT_EQ(kept(), 2) << "that is another form";
    EXPECT_EQ(mei.post(comments, {{"text", "It drips"}}).status, 303);
    EXPECT_EQ(mei.get(second).status, 200) << "the page as it is now";
    EXPECT_EQ(mei.get(first).status, 422);
}

TEST_F(TypedByMei, ThePageSaysWhenItWasWrittenAndStartsOver)
{
    send_from(guest);
    const std::string said = "You wrote this today, ";
    EXPECT_THAT(
        mei.get(page).body, AllOf(HasSubstr(said), HasSubstr("didn’t send it."), HasSubstr("id=\"start-over\"")));
    Client omar(site);
    omar.sign_in_as(site.cast.omar);
    omar.post("/preferences/start-over/", {{"page", page}});
    EXPECT_EQ(kept(), 1) << "hers is not his";
    for (const char* const other : {"", "/", "https://elsewhere.example/", "//elsewhere.example/"}) {
        EXPECT_EQ(mei.post("/preferences/start-over/", {{"page", other}}).location(), "/");
        EXPECT_EQ(kept(), 1) << "the front page's path is the beginning of all: " << other;
    }
    const std::string with_list = page + "?list=status%3DPending";
    EXPECT_THAT(mei.get(with_list).body, HasSubstr("value=\"" + with_list + "\""));
    EXPECT_EQ(mei.post("/preferences/start-over/", {{"page", with_list}}).location(), with_list);
    EXPECT_EQ(kept(), 0);
    EXPECT_THAT(mei.get(page).body, Not(HasSubstr(said)));
}

TEST_F(TypedByMei, OfAPasswordFormNothingIsKeptAndNothingIsPromised)
{
    ASSERT_THAT(send_from(guest).body, HasSubstr("Nobody else gets it")) << "what is promised of a comment";
    EXPECT_EQ(kept(), 1);
    EXPECT_THAT(mei.get("/account/password/").body, Not(HasSubstr("name=\"username\"")));

    const auto asked = guest.post_without_token("/account/password/",
        {{"current_password", std::string(support::cast_password)}, {"new_password", "staple battery"},
            {"new_password_again", "staple battery"}, {"csrf", token}});

    EXPECT_EQ(asked.status, 403);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("Sign in"), Not(HasSubstr("Nobody else gets it")),
                                Not(HasSubstr("staple battery")), Not(HasSubstr("name=\"typist\""))));
    EXPECT_EQ(kept(), 1) << "the comment";
}

TEST_F(RefusedPages, AreOnlyKeptForABrowserThatShowsThem)
{
    EXPECT_EQ(mei.post(comments, {{"text", "It drips"}}).status, 303);
    mei.set_header("sec-fetch-mode", "cors");
    EXPECT_EQ(mei.post(comments, {{"text", ""}}).status, 422) << "a script reads the answer itself";
    EXPECT_EQ(kept(), 0);
    guest.set_header("sec-fetch-mode", "navigate");
    EXPECT_EQ(guest.post("/accounts/login/", {{"username", ""}}).status, 422);
    EXPECT_EQ(kept(), 0) << "a guest's are in the browser's cache";
}

TEST_F(RefusedPages, AreAtMostTenForOneUser)
{
    for (int i = 0; i < 12; ++i)
        mei.post(comments, {{"text", ""}});
    EXPECT_EQ(kept(), 10);
}

} // namespace
