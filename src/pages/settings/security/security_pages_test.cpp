#include "pages/settings/security/security_pages.hpp"

#include "base/text.hpp"
#include "outbox/outbox.hpp"
#include "sign_in/factor/second_factor.hpp"
#include "support/second_factor.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace {

using namespace std::chrono_literals;
using support::Client;
using support::Phone;
using testing::AllOf;
using testing::Contains;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

constexpr std::string_view security = "/account/security/";
const std::string right{support::cast_password};

std::string between(const std::string& text, std::string_view begin, std::string_view end)
{
    const auto from = text.find(begin);
    if (from == std::string::npos)
        return {};
    const auto start = from + begin.size();
    return text.substr(start, text.find(end, start) - start);
}

std::string key_on(const support::Answer& page)
{
    std::string key = between(page.body, "id=\"factor-key\">", "<");
    std::erase(key, ' ');
    return key;
}

class SecurityPages : public testing::Test
{
  protected:
    std::string code_of(const support::Answer& page, std::int64_t later = 0) const
    {
        return Phone::code_of(site, key_on(page), later);
    }
    support::Answer turn_on(Client& who, const support::Answer& page, Client::Fields more = {})
    {
        more.emplace_back("salt", page.input("salt"));
        more.emplace_back("code", code_of(page));
        return who.post(security, std::move(more));
    }
    std::int64_t factors() { return site.database.number("SELECT count(*) FROM sign_in_factor"); }
    void require(base::Role from) { site.rules().second_factor_from = from; }

    support::TestSite site;
    Client mei = Client(site).sign_in_as(site.cast.mei);
    Client ravi = Client(site).sign_in_as(site.cast.ravi);
};

TEST_F(SecurityPages, MeiTurnsItOnWithACodeOfHerApp)
{
    site.database->write([](db::Transaction& tx) { outbox::set_switch(tx, true); });
    const auto page = mei.get(security);
    EXPECT_THAT(page.body, AllOf(HasSubstr("Turn on the second step"), HasSubstr("<path fill=\"#000\" d=\"M4 4h7v1"),
                               Not(HasSubstr("<script>"))));
    EXPECT_EQ(page.header("Cache-Control"), "no-store");
    EXPECT_EQ(factors(), 0) << "nothing is stored before she has shown a code";

    EXPECT_EQ(turn_on(mei, page).location(), security);

    EXPECT_EQ(factors(), 1);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM sign_in_recovery_code"), 10);
    const auto on = mei.get(security);
    EXPECT_THAT(on.body,
        AllOf(HasSubstr("Save your recovery codes"), Not(HasSubstr(key_on(page))), Not(HasSubstr("factor-key"))));
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_event WHERE kind = 'factor_on'"), 1);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_mail WHERE kind = 'factor_on'"), 1);
}

TEST_F(SecurityPages, TwoTabsShowTheSameKeyUntilItIsTurnedOn)
{
    const auto first = mei.get(security);
    const auto second = mei.get(security);
    EXPECT_EQ(key_on(first), key_on(second));
    EXPECT_EQ(turn_on(mei, first).location(), security);
    mei.post("/account/security/off/", {{"current_password", right}});
    EXPECT_THAT(key_on(mei.get(security)), AllOf(Not(IsEmpty()), Not(testing::StrEq(key_on(first)))))
        << "the app that had the old one is perhaps lost";
}

TEST_F(SecurityPages, ATabFromBeforeTheLastSignInTakesEachOfTheTwoKeys)
{
    const auto before = mei.get(security);
    mei.sign_in_as(site.cast.mei);
    const auto now = mei.get(security);
    EXPECT_NE(key_on(before), key_on(now));
    const auto refused = mei.post(security, {{"salt", now.input("salt")}, {"code", code_of(before)}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("That code does not fit the key on this page."));
    EXPECT_EQ(mei.post(security, {{"salt", before.input("salt")}, {"code", code_of(now)}}).location(), security);
    EXPECT_EQ(
        site.database->read()->query("SELECT count(*) FROM sign_in_factor WHERE secret = $1", key_on(now)).integer(),
        1);
}

TEST_F(SecurityPages, StaffTurnItOnLikeEverybody)
{
    EXPECT_EQ(turn_on(ravi, ravi.get(security)).location(), security);
    EXPECT_EQ(factors(), 1);
}

TEST_F(SecurityPages, AWrongCodeTurnsNothingOnAndTheKeyStays)
{
    const auto page = mei.get(security);
    const auto refused = mei.post(security, {{"salt", page.input("salt")}, {"code", "000000"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(key_on(refused), key_on(page)) << "the app that scanned it still fits";
    EXPECT_EQ(factors(), 0);
    EXPECT_EQ(turn_on(mei, refused).status, 303);
}

TEST_F(SecurityPages, TheRefusedPageWithTheKeyIsNotKept)
{
    mei.set_header("sec-fetch-mode", "navigate");
    const auto page = mei.get(security);
    EXPECT_EQ(mei.post(security, {{"salt", page.input("salt")}, {"code", "000000"}}).status, 422);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_refused_page"), 0);
}

TEST_F(SecurityPages, NobodyElseGetsTheSameKeyOfTheSameSalt)
{
    const auto page = mei.get(security);
    Client omar = Client(site).sign_in_as(site.cast.omar);
    const auto his = omar.post(security, {{"salt", page.input("salt")}, {"code", "000000"}});
    EXPECT_THAT(key_on(his), AllOf(Not(IsEmpty()), Not(testing::StrEq(key_on(page)))));
}

TEST_F(SecurityPages, ThePasswordIsAskedForWhenItWasTypedLongAgo)
{
    site.clock.advance(10min);
    const auto page = mei.get(security);
    EXPECT_THAT(page.body, HasSubstr("name=\"current_password\""));
    EXPECT_EQ(turn_on(mei, page).status, 422);
    EXPECT_EQ(turn_on(mei, page, {{"current_password", "wrong"}}).status, 422);
    EXPECT_EQ(factors(), 0);
    EXPECT_EQ(turn_on(mei, page, {{"current_password", right}}).status, 303);
    EXPECT_EQ(factors(), 1);
}

TEST_F(SecurityPages, AllOtherSessionsEnd)
{
    Client phone = Client(site).sign_in_as(site.cast.mei);
    turn_on(mei, mei.get(security));
    EXPECT_EQ(phone.get("/account/").status, 303);
    EXPECT_EQ(mei.get("/account/").status, 200);
}

TEST_F(SecurityPages, TheCodesAreShownToThisBrowserUntilTheyAreKept)
{
    turn_on(mei, mei.get(security));
    const std::string shown = between(mei.get(security).body, "id=\"recovery-codes\">", "<");
    EXPECT_EQ(std::ranges::count(shown, '-'), 10);
    EXPECT_EQ(between(mei.get(security).body, "id=\"recovery-codes\">", "<"), shown) << "after a reload, too";
    Client other = Client(site).sign_in_as(site.cast.mei);
    EXPECT_THAT(other.get(security).body, Not(HasSubstr("recovery-codes")));

    EXPECT_EQ(mei.post("/account/security/codes/kept/", {{"next", "/service/"}}).location(), "/service/");
    EXPECT_THAT(mei.get(security).body, AllOf(Not(HasSubstr("recovery-codes")), HasSubstr("10 recovery codes")));
}

TEST_F(SecurityPages, TheCodesAreSavedAsAFileWhileTheyAreShown)
{
    constexpr std::string_view path = "/account/security/codes/file/";
    turn_on(mei, mei.get(security));
    const auto page = mei.get(security);
    EXPECT_THAT(
        page.body, AllOf(HasSubstr("action=\"/account/security/codes/file/\""), HasSubstr("formmethod=\"post\"")));
    const std::string shown = between(page.body, "id=\"recovery-codes\">", "<");
    const auto file = mei.post(path, {});
    EXPECT_EQ(file.status, 200);
    EXPECT_EQ(file.content_type, "text/plain; charset=utf-8");
    EXPECT_EQ(file.header("Content-Disposition"), "attachment; filename=\"recovery-codes.txt\"");
    EXPECT_EQ(file.header("Cache-Control"), "no-store");
    EXPECT_THAT(file.body,
        AllOf(HasSubstr("User name: mei\r\n"), HasSubstr("\r\n" + base::clean_text(shown).substr(0, 9) + "\r\n")));
    EXPECT_EQ(mei.get(path).status, 405) << "no code behind an address";
    EXPECT_EQ(mei.post_without_token(path, {}).status, 403);

    Client other = Client(site).sign_in_as(site.cast.mei);
    EXPECT_EQ(other.post(path, {}).location(), security) << "another device is shown none";
    site.clock.advance(15min);
    EXPECT_EQ(mei.post(path, {}).location(), security);
    EXPECT_THAT(mei.get(security).body, HasSubstr("Your recovery codes are not shown any more."));
}

TEST_F(SecurityPages, TheCodesAreShownForFifteenMinutes)
{
    turn_on(mei, mei.get(security));
    site.clock.advance(15min);
    EXPECT_THAT(mei.get(security).body, Not(HasSubstr("id=\"recovery-codes\"")));
}

TEST_F(SecurityPages, AShownRecoveryCodeLetsInOnce)
{
    turn_on(mei, mei.get(security));
    const std::string code =
        base::clean_text(between(mei.get(security).body, "id=\"recovery-codes\">", "<")).substr(0, 9);
    Client lost(site);
    lost.sign_in_again("mei");
    EXPECT_EQ(lost.post("/accounts/login/code/", {{"recovery", code}, {"next", "/"}}).status, 303);
    EXPECT_THAT(lost.get("/").body, HasSubstr("9 are left"));
    Client again(site);
    again.sign_in_again("mei");
    EXPECT_EQ(again.post("/accounts/login/code/", {{"recovery", code}, {"next", "/"}}).status, 422);
}

TEST_F(SecurityPages, AfterALostPhoneANewOneIsSetUp)
{
    const Phone phone(site, site.cast.mei);
    Client lost(site);
    lost.sign_in_again("mei");
    lost.post("/accounts/login/code/", {{"recovery", std::string(Phone::recovery_code)}, {"next", "/"}});
    EXPECT_EQ(lost.post("/account/security/off/", {{"current_password", right}}).location(), security);
    const auto page = lost.get(security);
    EXPECT_THAT(key_on(page), Not(testing::StrEq(std::string(Phone::secret))));
    EXPECT_EQ(turn_on(lost, page).status, 303);
    Client browser(site);
    browser.sign_in_again("mei");
    site.clock.advance(60s);
    EXPECT_EQ(browser.post("/accounts/login/code/", {{"code", phone.code()}, {"next", "/"}}).status, 422);
    EXPECT_EQ(browser.post("/accounts/login/code/", {{"code", code_of(page)}, {"next", "/"}}).status, 303);
}

TEST_F(SecurityPages, NewRecoveryCodesEndTheOldOnes)
{
    const Phone phone(site, site.cast.mei);
    mei.sign_in_as(site.cast.mei);
    EXPECT_EQ(mei.post("/account/security/codes/", {}).status, 422);
    EXPECT_EQ(mei.post("/account/security/codes/", {{"current_password", "wrong"}}).status, 422);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM sign_in_recovery_code"), 1);

    EXPECT_EQ(mei.post("/account/security/codes/", {{"current_password", right}}).location(), security);

    EXPECT_EQ(site.database.number("SELECT count(*) FROM sign_in_recovery_code"), 10);
    Client lost(site);
    lost.sign_in_again("mei");
    EXPECT_EQ(lost.post("/accounts/login/code/", {{"recovery", std::string(Phone::recovery_code)}}).status, 422);
}

TEST_F(SecurityPages, TurningItOffAsksForThePassword)
{
    site.database->write([](db::Transaction& tx) { outbox::set_switch(tx, true); });
    const Phone phone(site, site.cast.mei);
    mei.sign_in_as(site.cast.mei);
    EXPECT_EQ(mei.post("/account/security/off/", {{"current_password", "wrong"}}).status, 422);
    EXPECT_EQ(factors(), 1);
    EXPECT_EQ(mei.post("/account/security/off/", {{"current_password", right}}).status, 303);
    EXPECT_EQ(factors(), 0);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM sign_in_recovery_code"), 0);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_event WHERE kind = 'factor_off'"), 1);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_mail WHERE kind = 'factor_off'"), 1);
}

TEST_F(SecurityPages, AShortPasswordDoesNotStayAlone)
{
    site.services().passwords.customer = 25;
    const Phone phone(site, site.cast.mei);
    mei.sign_in_as(site.cast.mei);
    const auto refused = mei.post("/account/security/off/", {{"current_password", right}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, AllOf(HasSubstr("Without the second step your password needs at least 25 characters."),
                                  HasSubstr("name=\"new_password\""), HasSubstr("name=\"new_password_again\"")));
    EXPECT_EQ(factors(), 1);
}

TEST_F(SecurityPages, ALongerPasswordIsChosenWhereItIsTurnedOff)
{
    site.services().passwords.customer = 25;
    const Phone phone(site, site.cast.mei);
    mei.sign_in_as(site.cast.mei);
    const auto turn_off = [&](std::string current, std::string password, std::string again) {
        return mei.post(
            "/account/security/off/", {{"current_password", std::move(current)}, {"new_password", std::move(password)},
                                          {"new_password_again", std::move(again)}});
    };
    const std::string longer = "seven quiet herons over the marsh";
    EXPECT_THAT(turn_off(right, "quiet herons", "quiet herons").body,
        AllOf(HasSubstr("new_password-error"), HasSubstr("Save new password and turn off")));
    EXPECT_EQ(turn_off(right, longer, "another one").status, 422);
    EXPECT_EQ(turn_off("wrong", longer, longer).status, 422);
    EXPECT_EQ(factors(), 1);
    EXPECT_EQ(turn_off(right, longer, longer).location(), security);
    EXPECT_EQ(factors(), 0);
    EXPECT_THAT(mei.get(security).body, HasSubstr("The second step is off, and your new password is saved."));
    EXPECT_EQ(mei.post("/account/security/off/", {{"current_password", longer}}).status, 303)
        << "it is the password now";
}

TEST_F(SecurityPages, WithoutAFactorThereAreNoCodesToRenew)
{
    EXPECT_EQ(mei.post("/account/security/codes/", {{"current_password", right}}).location(), security);
    EXPECT_THAT(mei.get(security).body, HasSubstr("The second step is off, so there are no recovery codes."));
    EXPECT_EQ(mei.post("/account/security/off/", {{"current_password", right}}).status, 303);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_event WHERE kind LIKE 'factor%'"), 0);
}

TEST_F(SecurityPages, TheSecretIsInNoLog)
{
    testing::internal::CaptureStderr();
    const auto page = mei.get(security);
    turn_on(mei, page);
    const std::string log = testing::internal::GetCapturedStderr();
    EXPECT_THAT(
        log, AllOf(HasSubstr("security factor_on"), Not(HasSubstr(key_on(page))), Not(HasSubstr(code_of(page)))));
}

/// The setting asks all of the staff for a second factor.
class RequiredFactor : public SecurityPages
{
  protected:
    RequiredFactor() { require(base::Role::Representative); }
};

TEST_F(RequiredFactor, NothingElseIsOpenBeforeItIsOn)
{
    const auto leak = site.submit(site.cast.mei, "Smell of gas", "gas-leak");
    const std::string path = "/admin/requests/" + std::to_string(leak.value) + "/";
    for (const std::string page : {"/admin/", "/admin/requests/", "/admin/requests/export.csv", "/account/", "/",
             "/admin/users/1/", "/notifications/", "/events/?page=1+unread", "/account/password/"})
        EXPECT_EQ(ravi.get(page).location(), security) << page;
    EXPECT_EQ(ravi.get(path).location(), security);
    EXPECT_EQ(ravi.post(path + "take/", {}).location(), security);
    EXPECT_EQ(ravi.post("/account/security/codes/kept/", {}).location(), "/account/");
    ravi.set_header("accept", "text/html; fragment");
    EXPECT_EQ(ravi.get("/admin/requests/").location(), security);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_event WHERE kind = 'taken'"), 0);
}

TEST_F(RequiredFactor, NoPageTellsOfTheSiteBefore)
{
    site.submit(site.cast.mei, "Smell of gas", "gas-leak");
    for (const std::string page : {"/nowhere/", "/account/security/"}) {
        EXPECT_THAT(ravi.get(page).body, AllOf(Not(HasSubstr("12 Elm Street")), Not(HasSubstr("Mei Chen")))) << page;
    }
}

TEST_F(RequiredFactor, WhoTurnsItOnGoesOn)
{
    const auto page = ravi.get(security);
    EXPECT_THAT(page.body, HasSubstr("Your role needs a second step"));
    EXPECT_EQ(turn_on(ravi, page, {{"next", "/admin/requests/"}}).location(),
        "/account/security/?next=%2Fadmin%2Frequests%2F");
    EXPECT_EQ(ravi.get("/admin/").status, 200);
    EXPECT_THAT(ravi.post("/account/security/off/", {{"current_password", right}}).body,
        HasSubstr("Your role needs the second step. It can’t be turned off."));
    EXPECT_EQ(factors(), 1);
}

TEST_F(RequiredFactor, ATypedReplyWaitsAndALeakDoesNot)
{
    const std::string path = "/admin/requests/" + std::to_string(site.submit(site.cast.mei, "Boiler").value) + "/";
    const auto led = ravi.post(path + "comments/", {{"text", "We are coming"}, {"visibility", "public"}});
    EXPECT_THAT(led.location(), StartsWith("/account/security/?next="));
    EXPECT_THAT(ravi.get(led.location()).body, HasSubstr("What you typed was not sent yet."));
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_draft"), 1);
    EXPECT_EQ(ravi.get("/emergency/").status, 200);
    EXPECT_EQ(ravi.post("/emergency/", {{"address", "9 Oak Street"}}).status, 303);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_leak_report"), 1);
}

TEST_F(RequiredFactor, CustomersAndTheSignOutStayOpen)
{
    EXPECT_EQ(mei.get("/account/").status, 200);
    EXPECT_EQ(ravi.post("/accounts/logout/", {}).location(), "/accounts/login/");
}

TEST_F(RequiredFactor, ANewPasswordComesFirst)
{
    site.database->write(
        [](db::Transaction& tx) { tx.apply("UPDATE auth_user SET must_change_password = 1 WHERE username = 'ravi'"); });
    EXPECT_EQ(ravi.get("/admin/").location(), "/account/password/");
    ravi.post("/account/password/", {{"current_password", right}, {"new_password", "seven lamps of winter"},
                                        {"new_password_again", "seven lamps of winter"}});
    EXPECT_EQ(ravi.get("/admin/").location(), security);
}

TEST_F(SecurityPages, OnlyAdministratorsMayNeedIt)
{
    require(base::Role::Administrator);
    Client ada = Client(site).sign_in_as(site.cast.ada);
    EXPECT_EQ(ravi.get("/admin/").status, 200);
    EXPECT_EQ(ada.get("/admin/").location(), security);
    site.database->write([](db::Transaction& tx) {
        tx.apply("UPDATE auth_user SET role = 'administrator', is_superuser = 1 WHERE username = 'ravi'");
    });
    EXPECT_EQ(ravi.get("/admin/").location(), security) << "with the role the duty comes";
}

} // namespace
