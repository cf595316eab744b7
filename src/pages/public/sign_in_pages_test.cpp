#include "pages/public/sign_in_pages.hpp"
#include "support/test_site.hpp"
#include "web/forms/csrf.hpp"
#include "web/local_path.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view login = "/accounts/login/";

class SignInPages : public testing::Test
{
  protected:
    support::Answer sign_in(Client& from, std::string username, std::string password, std::string next = "/")
    {
        return from.post(
            login, {{"username", std::move(username)}, {"password", std::move(password)}, {"next", std::move(next)}});
    }
    std::int64_t sessions() { return site.database.number("SELECT count(*) FROM auth_session"); }

    support::TestSite site;
    Client browser{site};
    const std::string right{support::cast_password};
};

TEST_F(SignInPages, MeiSignsInAndGoesHome)
{
    EXPECT_EQ(browser.get(login).status, 200);

    const auto answer = sign_in(browser, "mei", right);

    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(answer.location(), "/");
    EXPECT_THAT(browser.get("/").body, HasSubstr("Mei"));
    EXPECT_EQ(browser.get(login).location(), "/");
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_event WHERE kind = 'signed_in'"), 1);
}

TEST_F(SignInPages, WhoSignsOutWithALeakInHandGivesItBackAndReadsSo)
{
    const auto leak = site.submit(site.cast.mei, "Smell of gas", "gas-leak");
    browser.sign_in_as(site.cast.ravi);
    browser.post("/admin/requests/" + std::to_string(leak.value) + "/take/", {});
    Client other(site);
    other.sign_in_as(site.cast.sofia);
    other.post("/accounts/logout/", {});
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_servicerequest WHERE taken_by IS NOT NULL"), 1);

    const auto out = browser.post("/accounts/logout/", {{"unsent", "/admin/requests/1/comments/?text=Half"}});
    EXPECT_EQ(out.location(), login);
    EXPECT_THAT(
        browser.get(login).body, HasSubstr("What you typed is kept for you. The leak that you had rings again"));
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_servicerequest WHERE taken_by IS NOT NULL"), 0);
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_event WHERE kind = 'given_back'"), 1);
}

TEST_F(SignInPages, WhoSignsOutOnOneDeviceKeepsTheLeakOnTheOther)
{
    const auto leak = site.submit(site.cast.mei, "Smell of gas", "gas-leak");
    browser.sign_in_as(site.cast.ravi);
    browser.post("/admin/requests/" + std::to_string(leak.value) + "/take/", {});
    Client phone(site);
    phone.sign_in_as(site.cast.ravi);
    phone.post("/accounts/logout/", {});
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_servicerequest WHERE taken_by IS NOT NULL"), 1);
}

TEST_F(SignInPages, WhoPressesIHaveItAfterTheSessionEndedReadsThatTheyDoNotHaveIt)
{
    const auto leak = site.submit(site.cast.mei, "Smell of gas", "gas-leak");
    for (const std::string verb : {"take/", "take-over/"}) {
        const auto asked = browser.post_without_token("/admin/requests/" + std::to_string(leak.value) + "/" + verb, {});
        EXPECT_EQ(asked.status, 403);
        EXPECT_THAT(asked.body,
            AllOf(HasSubstr("You do NOT have SR-00001. It still rings."), Not(HasSubstr("The form was not sent."))));
    }
}

TEST_F(SignInPages, WhatIsNoPageLeadsHome)
{
    for (const std::string next : {"/accounts/logout/", "/preferences/theme/", "/preferences/start-over/?page=1",
             "/notifications/read/", "/service/1/comments/", "/admin/users/1/unlock/", "/events/", "/nowhere/", "/%ZZ"})
        EXPECT_EQ(sign_in(browser, "mei", right, next).location(), "/") << next;
    for (const std::string next : {"/service/", "/service", "/service/create/?type=billing", "/service/1/#c2",
             "/account/", "/service/1/attachments/2/", "/admin/requests/export.csv"})
        EXPECT_EQ(sign_in(browser, "mei", right, next).location(), next);
    EXPECT_EQ(browser.post("/preferences/theme/", {{"theme", "dark"}, {"next", "/accounts/logout/"}}).location(), "/");
}

TEST_F(SignInPages, WhoHasATwinSignsInWithTheExactSpellingOnly)
{
    site.database->write([](db::Transaction& tx) {
        tx.apply("UPDATE auth_user SET username = 'MEI', username_key = 'mei', username_twin = id"
                 " WHERE username = 'omar'");
    });

    const auto refused = sign_in(browser, "Mei", right);
    EXPECT_EQ(refused.status, 422) << "it may be either of them";
    EXPECT_EQ(sessions(), 0);
    EXPECT_THAT(refused.body, HasSubstr("That user name or password is wrong."));

    EXPECT_EQ(sign_in(browser, "MEI", right).status, 303);
    EXPECT_THAT(browser.get("/account/").body, HasSubstr("Omar Haddad"));
    Client other(site);
    EXPECT_EQ(sign_in(other, "mei", right).status, 303);
    EXPECT_THAT(other.get("/account/").body, HasSubstr("Mei Chen"));
}

TEST_F(SignInPages, StaffGoToTheirOwnSide)
{
    EXPECT_EQ(sign_in(browser, "ravi", right).location(), "/admin/");
    Client ada(site);
    EXPECT_EQ(sign_in(ada, "ada", right, "/admin/users/?q=a").location(), "/admin/users/?q=a");
}

TEST_F(SignInPages, OnAPublicComputerTheSessionIsShortAndSigningOutClearsTheBrowser)
{
    const auto sign_in_there = [&](const std::string& password) {
        return browser.post(login, {{"username", "mei"}, {"password", password}, {"public_computer", "1"}});
    };
    EXPECT_THAT(sign_in_there("wrong").body, testing::ContainsRegex("name=\"public_computer\"[^>]*checked"));
    ASSERT_EQ(sign_in_there(right).status, 303);
    EXPECT_THAT(browser.get("/").body, HasSubstr("data-public"));

    EXPECT_EQ(browser.post("/accounts/logout/", {}).header("Clear-Site-Data"), R"("cache", "storage")");

    ASSERT_EQ(sign_in_there(right).status, 303);
    site.clock.advance(std::chrono::minutes(20));
    EXPECT_EQ(browser.get("/account/").location(), "/accounts/login/?next=%2Faccount%2F");
}

TEST_F(SignInPages, ElsewhereSigningOutKeepsWhatTheDeviceKeeps)
{
    sign_in(browser, "mei", right);
    EXPECT_THAT(browser.get("/").body, Not(HasSubstr("data-public")));

    EXPECT_EQ(browser.post("/accounts/logout/", {}).header("Clear-Site-Data"), R"("cache")");
}

TEST_F(SignInPages, WhatTheTabsHadNotSentIsKeptAtSignOut)
{
    const std::string path = "/service/" + std::to_string(site.submit(site.cast.mei, "Boiler is cold").value) + "/";
    sign_in(browser, "mei", right);
    browser.post("/accounts/logout/",
        {{"unsent", path + "comments/?text=Still+%3Ccold%3E&csrf=x"}, {"unsent", "/service/create/?description=A+bill"},
            {"unsent", "nothing"}, {"unsent", "https://other.example/?text=x"}});
    EXPECT_THAT(browser.get(login).body, HasSubstr("2 texts not sent yet are kept for you"));
    sign_in(browser, "mei", right);
    EXPECT_THAT(browser.get(path).body, HasSubstr("Still &lt;cold&gt;</textarea>"));
    EXPECT_THAT(browser.get("/service/create/").body, HasSubstr("A bill</textarea>"));
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_draft"), 2);
}

TEST_F(SignInPages, FilesThatTheTabsHadChosenAreAskedForByNameAfterSigningInAgain)
{
    const std::string path = "/service/" + std::to_string(site.submit(site.cast.mei, "Boiler is cold").value) + "/";
    sign_in(browser, "mei", right);
    browser.post("/accounts/logout/",
        {{"unsent", path + "comments/?text=Look&lost_file=IMG_1.jpg&lost_file=C%3A%5Cphotos%5C%3Cb%3E.png"},
            {"unsent", "/service/create/?request_type=billing&lost_file=bill.pdf"}});
    EXPECT_THAT(browser.get(login).body, HasSubstr("1 text not sent yet is kept for you")) << "names are no text";
    sign_in(browser, "mei", right);
    EXPECT_THAT(browser.get(path).body,
        AllOf(HasSubstr("Look</textarea>"), HasSubstr("Add them again: IMG_1.jpg, &lt;b&gt;.png")));
    EXPECT_THAT(browser.get("/service/create/").body, HasSubstr("Add them again: bill.pdf"));
}

TEST_F(SignInPages, OnAPublicComputerSigningOutKeepsNothing)
{
    browser.post(login, {{"username", "mei"}, {"password", right}, {"public_computer", "1"}});
    browser.post("/accounts/logout/", {{"unsent", "/service/create/?description=A+bill"}});
    EXPECT_THAT(browser.get(login).body, HasSubstr("You are signed out."));
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_draft"), 0);
}

TEST_F(SignInPages, EveryWrongSignInReadsTheSame)
{
    site.database->write(
        [](db::Transaction& tx) { tx.apply("UPDATE auth_user SET is_active = 0 WHERE username = 'omar'"); });
    const std::pair<std::string, std::string> attempts[] = {{"mei", "wrong"}, {"nobody", right}, {"omar", right}};
    for (const auto& [username, password] : attempts) {
        Client stranger(site);
        const auto answer = sign_in(stranger, username, password);
        EXPECT_EQ(answer.status, 422) << username;
        EXPECT_THAT(
            answer.body, AllOf(HasSubstr("That user name or password is wrong."), HasSubstr("Problem: Sign in")));
        EXPECT_EQ(stranger.cookie("gu_session"), "");
    }
    EXPECT_EQ(sessions(), 0);
}

TEST_F(SignInPages, AnEmptyFieldIsNamedForEverybodyTheSame)
{
    for (const std::string username : {"mei", "nobody"})
        EXPECT_THAT(sign_in(browser, username, "").body,
            AllOf(HasSubstr("Type your password."), HasSubstr("Problem: Sign in"), Not(HasSubstr("don’t match"))));
    EXPECT_THAT(sign_in(browser, "", right).body, HasSubstr("Enter your user name or email."));
    EXPECT_EQ(site.database.number("SELECT count(*) FROM sign_in_failure"), 0) << "no guess";
}

TEST_F(SignInPages, TheTypedPasswordIsNeverShownAgain)
{
    const auto answer = sign_in(browser, "mei", "hunter2-typed");
    EXPECT_THAT(answer.body, AllOf(HasSubstr("value=\"mei\""), Not(HasSubstr("hunter2-typed"))));
}

TEST_F(SignInPages, AnOldHashIsReplacedAtSignIn)
{
    sign_in(browser, "mei", right);
    EXPECT_EQ(
        site.database.number("SELECT count(*) FROM auth_user WHERE username = 'mei' AND password LIKE '%argon2id%'"),
        1);
    Client again(site);
    EXPECT_EQ(sign_in(again, "mei", right).status, 303);
}

TEST_F(SignInPages, TheSessionIsNewAtEverySignIn)
{
    sign_in(browser, "mei", right);
    const std::string first = browser.cookie("gu_session");
    EXPECT_EQ(first.size(), 43U);
    EXPECT_EQ(browser.cookie("gu_guest"), "");

    EXPECT_EQ(sign_in(browser, "mei", right).status, 303);

    EXPECT_NE(browser.cookie("gu_session"), first);
    EXPECT_EQ(sessions(), 1) << "the session before is gone";
}

TEST_F(SignInPages, APlantedSessionCookieIsNotTakenOver)
{
    browser.set_cookie("gu_session", "planted-by-somebody-else");
    EXPECT_EQ(sign_in(browser, "mei", right).status, 303);
    EXPECT_NE(browser.cookie("gu_session"), "planted-by-somebody-else");
}

TEST_F(SignInPages, NextIsAlwaysAPathOfOurs)
{
    for (const std::string bad : {"https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example",
             "javascript:alert(1)", "/a\r\nSet-Cookie: x=1", "/\t/evil.example", " //evil.example", "evil", "",
             "/caf\xC3\xA9", "///evil.example"}) {
        EXPECT_EQ(web::local_path(bad), "/") << bad;
    }
    EXPECT_EQ(web::local_path("/" + std::string(2000, 'a')), "/");
    EXPECT_EQ(web::local_path("/service/?status=Pending&q=%2F%2Fx#c1"), "/service/?status=Pending&q=%2F%2Fx#c1");
    EXPECT_EQ(sign_in(browser, "mei", right, "//evil.example/").location(), "/");
    EXPECT_THAT(Client(site).get("/accounts/login/?next=https%3A%2F%2Fevil.example").body,
        AllOf(HasSubstr("name=\"next\" value=\"/\""), Not(HasSubstr("value=\"https"))));
}

TEST_F(SignInPages, TenWrongPasswordsMakeTheNetworkWaitForAMinute)
{
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(sign_in(browser, "mei", "wrong").status, 422);

    const auto blocked = sign_in(browser, "mei", right);

    EXPECT_EQ(blocked.status, 429);
    EXPECT_EQ(blocked.header("Retry-After"), "60");
    EXPECT_THAT(blocked.body, AllOf(HasSubstr("Wait one minute, then try again."), HasSubstr("value=\"mei\""),
                                  HasSubstr("Problem: Sign in"), Not(HasSubstr(right))));
    EXPECT_EQ(sign_in(browser, "omar", right).status, 303) << "another name is not blocked";
    site.clock.advance(std::chrono::seconds(61));
    Client later(site);
    EXPECT_EQ(sign_in(later, "mei", right).status, 303);
}

TEST_F(SignInPages, AFormWithoutItsTokenIsRefused)
{
    browser.get(login);
    const Client::Fields fields = {{"username", "mei"}, {"password", right}};
    EXPECT_EQ(browser.post_without_token(login, fields).status, 403);
    Client::Fields foreign = fields;
    foreign.emplace_back("csrf", web::csrf_token("the cookie of another browser"));
    const auto answer = browser.post_without_token(login, foreign);
    EXPECT_EQ(answer.status, 403);
    EXPECT_THAT(answer.body, AllOf(HasSubstr("This page expired"), Not(HasSubstr(right))));
    EXPECT_EQ(sessions(), 0);
}

TEST_F(SignInPages, SigningOutEndsTheSession)
{
    sign_in(browser, "mei", right);
    const std::string token = browser.cookie("gu_session");

    EXPECT_EQ(browser.post("/accounts/logout/", {}).location(), login);

    EXPECT_EQ(browser.cookie("gu_session"), "");
    EXPECT_THAT(browser.get(login).body, HasSubstr("You are signed out."));
    Client thief(site);
    thief.set_cookie("gu_session", token);
    EXPECT_THAT(thief.get("/service/").location(), HasSubstr(login));
    EXPECT_EQ(browser.get("/accounts/logout/").status, 405);
}

TEST_F(SignInPages, AnIdleSessionEndsAndABusyOneDoesNot)
{
    sign_in(browser, "mei", right);
    for (int hours = 0; hours < 33; hours += 11) {
        site.clock.advance(std::chrono::hours(11));
        EXPECT_EQ(browser.get("/service/").status, 200) << hours;
    }
    site.clock.advance(std::chrono::hours(12));
    EXPECT_EQ(browser.get("/service/").location(), "/accounts/login/?next=%2Fservice%2F");
}

TEST_F(SignInPages, NoSessionOutlivesTwoWeeks)
{
    sign_in(browser, "mei", right);
    for (int i = 0; i < 33; ++i) {
        site.clock.advance(std::chrono::hours(10));
        EXPECT_EQ(browser.get("/service/").status, 200);
    }
    site.clock.advance(std::chrono::hours(10));
    EXPECT_EQ(browser.get("/service/").status, 303);
}

TEST_F(SignInPages, TypedTextSurvivesAnEndedSession)
{
    const auto id = site.submit(site.cast.mei, "Boiler");
    const std::string url = "/service/" + std::to_string(id.value) + "/";
    browser.sign_in_as(site.cast.mei);
    site.clock.advance(std::chrono::hours(13));

    const auto ended = browser.post(url + "comments/", {{"text", "It is <cold>"}, {"submission", "key"}});
    EXPECT_EQ(ended.status, 403);
    EXPECT_THAT(ended.body, AllOf(HasSubstr("You were signed out"), HasSubstr("What you typed was not sent yet."),
                                HasSubstr("name=\"next\" value=\"" + url + "\""), Not(HasSubstr("cold"))));
    EXPECT_EQ(sign_in(browser, "mei", "wrong").status, 422);
    const std::string typist = std::to_string(site.cast.mei.user_id.value);
    const auto back =
        browser.post(login, {{"username", "mei"}, {"password", right}, {"next", url}, {"typist", typist}});

    EXPECT_EQ(back.location(), url);
    EXPECT_THAT(browser.get(url).body,
        AllOf(HasSubstr("It is &lt;cold&gt;</textarea>"), HasSubstr("What you typed is back, but not sent yet.")));
    EXPECT_THAT(browser.get(url).body, HasSubstr("It is &lt;cold&gt;</textarea>")) << "until it is sent";
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_comment"), 0) << "nothing is sent by itself";
    EXPECT_EQ(browser.post(url + "comments/", {{"text", "It is cold"}, {"submission", "other"}}).status, 303);
    EXPECT_THAT(browser.get(url).body, Not(HasSubstr("It is &lt;cold&gt;"))) << "it was sent";
}

TEST_F(SignInPages, TextThatWasSentBeforeTheSessionEndedIsNotOfferedAgain)
{
    const auto id = site.submit(site.cast.mei, "Boiler");
    const std::string url = "/service/" + std::to_string(id.value) + "/";
    browser.sign_in_as(site.cast.mei);
    const Client::Fields form = {{"text", "It is cold"}, {"submission", "key"}};
    EXPECT_EQ(browser.post(url + "comments/", form).status, 303) << "carried out, but the answer is lost";
    site.clock.advance(std::chrono::hours(13));

    browser.post(url + "comments/", form);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_draft"), 0);
    browser.sign_in_as(site.cast.mei).end_session();
    browser.post(url + "comments/", {{"text", "It is colder"}, {"submission", "key"}});
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_draft"), 1);
}

TEST_F(SignInPages, TheSecondOfTwoTabsSignsInAndAPageLeftOpenForADayWorks)
{
    browser.get(login);
    browser.set_header("sec-fetch-site", "same-origin");
    const std::string token = web::csrf_token(browser.cookie("gu_guest"));
    const auto press = [&] {
        return browser.post_without_token(
            login, {{"username", "mei"}, {"password", right}, {"next", "/service/"}, {"csrf", token}});
    };
    EXPECT_EQ(press().location(), "/service/");
    EXPECT_EQ(press().location(), "/service/") << "the other tab, or Back and Enter";
    browser.forget_cookies();
    EXPECT_EQ(press().location(), "/service/") << "a day later";
    browser.forget_cookies();
    browser.set_header("sec-fetch-site", "cross-site");
    EXPECT_EQ(press().status, 403);
    browser.set_header("sec-fetch-site", "none");
    EXPECT_EQ(press().status, 403) << "nothing says that it is ours";
}

class MustChangePassword : public SignInPages
{
  protected:
    MustChangePassword()
    {
        site.database->write([](db::Transaction& tx) {
            tx.apply("UPDATE auth_user SET must_change_password = 1 WHERE username = 'mei'");
        });
        sign_in(browser, "mei", right);
    }
};

TEST_F(MustChangePassword, OnlyThePasswordPageIsOpen)
{
    for (const std::string page : {"/", "/service/", "/account/", "/notifications/", "/events/", "/service/create/"})
        EXPECT_EQ(browser.get(page).location(), "/account/password/") << page;
    EXPECT_THAT(
        browser.post("/service/create/", {{"description", "x"}}).location(), testing::StartsWith("/account/password/"));
    EXPECT_THAT(browser.get("/account/password/").body, HasSubstr("Your password was reset."));
}

TEST_F(MustChangePassword, ALeakReportWaitsForNothing)
{
    EXPECT_EQ(browser.get("/emergency/").status, 200);
    const auto answer = browser.post("/emergency/", {{"address", "12 Elm Street"}});
    EXPECT_THAT(answer.location(), testing::StartsWith("/emergency/report/"));
    EXPECT_EQ(browser.get(answer.location()).status, 200);
}

TEST_F(MustChangePassword, ChangingItOpensEverything)
{
    const std::string wanted = "seven lamps of winter";
    const auto same = browser.post(
        "/account/password/", {{"current_password", right}, {"new_password", right}, {"new_password_again", right}});
    EXPECT_EQ(same.status, 422) << "the temporary password must not stay";
    EXPECT_EQ(browser
                  .post("/account/password/",
                      {{"current_password", right}, {"new_password", wanted}, {"new_password_again", wanted}})
                  .location(),
        "/account/");
    EXPECT_EQ(browser.get("/service/").status, 200);
}

class PasswordPages : public SignInPages
{
  protected:
    support::Answer change(std::string current, std::string wanted, std::string again)
    {
        return browser.post(
            "/account/password/", {{"current_password", std::move(current)}, {"new_password", std::move(wanted)},
                                      {"new_password_again", std::move(again)}});
    }
};

TEST_F(PasswordPages, ChangingItEndsOtherSessionsAndKeepsThisOne)
{
    Client phone(site);
    phone.sign_in_as(site.cast.mei);
    browser.sign_in_as(site.cast.mei);

    EXPECT_EQ(change(right, "seven lamps of winter", "seven lamps of winter").location(), "/account/");

    EXPECT_THAT(browser.get("/account/").body, HasSubstr("Your new password is saved."));
    EXPECT_THAT(phone.get("/account/").location(), HasSubstr(login));
    Client again(site);
    EXPECT_EQ(sign_in(again, "mei", right).status, 422);
    EXPECT_EQ(sign_in(again, "mei", "seven lamps of winter").status, 303);
}

TEST_F(PasswordPages, RefusalsSayWhatToMend)
{
    browser.sign_in_as(site.cast.mei);
    EXPECT_THAT(change("wrong", "seven lamps of winter", "seven lamps of winter").body,
        HasSubstr("That’s not your current password."));
    EXPECT_THAT(
        change(right, "seven lamps of winter", "seven lamps").body, HasSubstr("The two new passwords don’t match."));
    const auto common = change(right, "password1", "password1");
    EXPECT_EQ(common.status, 422);
    EXPECT_THAT(common.body, Not(HasSubstr("value=\"password1\"")));
    Client again(site);
    EXPECT_EQ(sign_in(again, "mei", right).status, 303) << "nothing was changed";
}

TEST_F(PasswordPages, HaveAsManyCharactersAsTheirOwnerNeeds)
{
    const auto page_of = [&](const base::Visitor& person) {
        browser.sign_in_as(person);
        return browser.get("/account/password/").body;
    };
    EXPECT_THAT(page_of(site.cast.mei), HasSubstr("At least 12 characters."));
    EXPECT_THAT(change(right, "seven lamps", "seven lamps").body, HasSubstr("Use at least 12 characters."));
    EXPECT_THAT(page_of(site.cast.ravi), HasSubstr("At least 15 characters."));
    EXPECT_THAT(change(right, "seven lamps it", "seven lamps it").body, HasSubstr("Use at least 15 characters."));
    EXPECT_EQ(change(right, "seven lamps off", "seven lamps off").location(), "/account/");
    browser.sign_in_as(site.cast.mei);
    EXPECT_THAT(change(right, "12-elm-street-ny", "12-elm-street-ny").body, HasSubstr("without your name, user name"));
}

TEST_F(PasswordPages, ThatAreShortFromBeforeStillLetTheirOwnersIn)
{
    site.database->write([](db::Transaction& tx) {
        tx.apply("UPDATE auth_user SET password = $1 WHERE username = 'ravi'", support::cheap_hash("old8word"));
    });
    EXPECT_EQ(sign_in(browser, "ravi", "old8word").location(), "/admin/");
}

TEST_F(PasswordPages, GuestsSignInFirst)
{
    EXPECT_THAT(browser.get("/account/password/").location(), HasSubstr(login));
    EXPECT_EQ(change(right, "seven lamps of winter", "seven lamps of winter").status, 403);
}

TEST_F(SignInPages, TheThemeIsKeptAndGoesBack)
{
    const auto answer = browser.post_without_token("/preferences/theme/", {{"theme", "dark"}, {"next", "/emergency/"}});
    EXPECT_EQ(answer.location(), "/emergency/");
    EXPECT_EQ(browser.cookie("theme"), "dark");
    EXPECT_EQ(
        browser.post_without_token("/preferences/theme/", {{"theme", "dark"}, {"next", "//evil"}}).location(), "/");
    EXPECT_EQ(browser.post_without_token("/preferences/theme/", {{"theme", "x; Domain=evil"}}).status, 400);
    EXPECT_EQ(browser.cookie("theme"), "dark");
}

} // namespace
