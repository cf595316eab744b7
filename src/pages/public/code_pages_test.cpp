#include "pages/public/code_pages.hpp"

#include "actions/change_password.hpp"
#include "sign_in/factor/second_factor.hpp"
#include "support/second_factor.hpp"
#include "support/test_site.hpp"
#include "users/credentials.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

namespace {

using namespace std::chrono_literals;
using support::Client;
using support::Phone;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view login = "/accounts/login/";
constexpr std::string_view code_page = "/accounts/login/code/";

class CodePages : public testing::Test
{
  protected:
    support::Answer type_password(Client& from, std::string next = "/")
    {
        return from.sign_in_again("mei", std::move(next));
    }
    support::Answer type_code(Client& from, std::string code, std::string next = "/")
    {
        return from.post(code_page, {{"code", std::move(code)}, {"next", std::move(next)}});
    }
    support::Answer type_recovery(Client& from, std::string code)
    {
        return from.post(code_page, {{"recovery", std::move(code)}, {"next", "/"}});
    }
    std::int64_t sessions() { return site.database.number("SELECT count(*) FROM auth_session"); }

    support::TestSite site;
    Phone phone{site, site.cast.mei};
    Client browser{site};
};

TEST_F(CodePages, ThereIsNoSessionBeforeTheCode)
{
    const auto right = type_password(browser, "/service/?type=billing");

    EXPECT_EQ(right.location(), "/accounts/login/code/?next=%2Fservice%2F%3Ftype%3Dbilling");
    EXPECT_EQ(sessions(), 0);
    EXPECT_EQ(browser.get("/account/").location(), "/accounts/login/?next=%2Faccount%2F");
    const auto asked = browser.get(right.location());
    EXPECT_THAT(asked.body, AllOf(HasSubstr("<h1>Enter your code</h1>"), Not(HasSubstr("Mei Chen"))));

    EXPECT_EQ(type_code(browser, phone.code(), asked.input("next")).location(), "/service/?type=billing");
    EXPECT_EQ(sessions(), 1);
    EXPECT_THAT(browser.get("/account/").body, HasSubstr("Mei Chen"));
    EXPECT_EQ(site.database.number("SELECT count(*) FROM sign_in_pending"), 0);
}

TEST_F(CodePages, OthersSignInWithThePasswordAlone)
{
    EXPECT_EQ(browser.sign_in_again("omar").location(), "/");
    EXPECT_EQ(sessions(), 1);
}

TEST_F(CodePages, AWrongCodeIsRefusedAndTheFormComesBack)
{
    type_password(browser);
    for (const std::string wrong : {"000000", "", "12"}) {
        const auto refused = browser.post(code_page, {{"code", wrong}, {"next", "/service/"}, {"typist", "1"}});
        EXPECT_EQ(refused.status, 422) << wrong;
        EXPECT_EQ(refused.input("next"), "/service/");
        EXPECT_EQ(refused.input("typist"), "1");
        EXPECT_EQ(sessions(), 0);
    }
    EXPECT_EQ(type_code(browser, phone.code()).status, 303);
}

TEST_F(CodePages, ACodeCountsInWhicheverFieldItWasTyped)
{
    type_password(browser);
    const std::string recovery{Phone::recovery_code};
    const auto refused = type_code(browser, "4k7m-pq2y");
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(
        refused.body, AllOf(HasSubstr("id=\"code-error\""), HasSubstr("That recovery code is wrong, or it was")));
    EXPECT_EQ(type_code(browser, recovery).status, 303) << "in the field for the six digits";
    EXPECT_EQ(site.database.number("SELECT count(*) FROM sign_in_recovery_code"), 0);

    Client other(site);
    type_password(other);
    EXPECT_EQ(type_recovery(other, phone.code()).status, 303) << "the six digits in the field for recovery codes";
}

TEST_F(CodePages, BlanksAndHyphensOfAnyKindDontCount)
{
    const auto apart = [](std::string_view code, std::size_t at, const std::string& by) {
        return std::string(code.substr(0, at)) + by + std::string(code.substr(at));
    };
    for (const std::string by : {" ", "-", "\u00A0", "\u2013", "\u2011", " - "}) {
        Client other(site);
        type_password(other);
        EXPECT_EQ(type_code(other, apart(phone.code(), 3, by)).status, 303) << by;
        site.clock.advance(30s);
    }
    type_password(browser);
    EXPECT_EQ(type_recovery(browser, "4K7M \u2013 PQ2X").status, 303);
}

TEST_F(CodePages, ACodeLivesForItsThirtySeconds)
{
    type_password(browser);
    const std::string code = phone.code();
    for (const std::int64_t steps : {-2, 1, 2}) {
        const auto refused = type_code(browser, phone.code(steps));
        EXPECT_EQ(refused.status, 422) << steps;
        EXPECT_THAT(refused.body, HasSubstr("That code is wrong.")) << steps;
    }
    const std::int64_t wrong = site.database.number("SELECT wrong_codes FROM sign_in_factor");
    site.clock.advance(30s);
    const auto late = type_code(browser, code);
    EXPECT_EQ(late.status, 422);
    EXPECT_THAT(late.body, HasSubstr("That code has just expired. Type the one that the app shows now."));
    EXPECT_EQ(site.database.number("SELECT wrong_codes FROM sign_in_factor"), wrong) << "it is no guess";
    EXPECT_EQ(type_code(browser, phone.code()).status, 303);
}

TEST_F(CodePages, ACodeCountsOnce)
{
    type_password(browser);
    const std::string code = phone.code();
    EXPECT_EQ(type_code(browser, code).status, 303);

    Client thief(site);
    type_password(thief);
    const auto refused = type_code(thief, code);
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("This code was used a moment ago"));
    EXPECT_EQ(type_code(thief, phone.code(-1)).status, 422) << "an older one neither";
    EXPECT_EQ(sessions(), 1);
    site.clock.advance(30s);
    EXPECT_EQ(type_code(thief, phone.code()).status, 303);
}

TEST_F(CodePages, OfTwoTabsWithOneCodeOneGetsIn)
{
    Client other(site);
    type_password(browser);
    type_password(other);
    const std::string code = phone.code();
    // At the write of the first one, after its code was found right.
    int first = 0;
    site.lossy.meanwhile([&](db::Database& database) {
        database.write([&](db::Transaction& tx) {
            first =
                sign_in::mark_code_used(tx, site.cast.mei.user_id, Phone::secret, sign_in::totp_step(site.clock.now()))
                    ? 1
                    : 0;
        });
    });

    const auto refused = type_code(browser, code);

    EXPECT_EQ(first, 1);
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("This code was used a moment ago"));
    EXPECT_EQ(sessions(), 0);
    site.clock.advance(30s);
    EXPECT_EQ(type_code(browser, phone.code()).status, 303) << "the refused one is still waiting";
}

TEST_F(CodePages, TwoAtTheSameMomentGetOneSession)
{
    Client other(site);
    type_password(browser);
    type_password(other);
    const std::string code = phone.code();
    auto one = std::async(std::launch::async, [&] { return type_code(browser, code).status; });
    auto two = std::async(std::launch::async, [&] { return type_code(other, code).status; });
    const std::array statuses{one.get(), two.get()};
    EXPECT_EQ(std::ranges::count(statuses, 303), 1);
    EXPECT_EQ(sessions(), 1);
}

TEST_F(CodePages, TheCodeOfAnotherBrowserOpensNothing)
{
    type_password(browser);
    Client stranger(site);

    const auto refused = type_code(stranger, phone.code());

    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("Sign in again."));
    EXPECT_EQ(stranger.get(code_page).location(), "/accounts/login/?next=%2F");
    EXPECT_EQ(sessions(), 0);
}

TEST_F(CodePages, ASignInWaitsForFiveMinutes)
{
    type_password(browser);
    site.clock.advance(5min);
    EXPECT_EQ(browser.get("/accounts/login/code/?next=/service/").location(), "/accounts/login/?next=%2Fservice%2F");
    const auto late = type_code(browser, phone.code(), "/service/");
    EXPECT_EQ(late.status, 422);
    EXPECT_EQ(late.input("next"), "/service/");
    EXPECT_EQ(sessions(), 0);
}

TEST_F(CodePages, ANewPasswordOrAResetEndsASignInThatWaits)
{
    type_password(browser);
    site.database->write([&](db::Transaction& tx) {
        actions::reset_password(tx, site.act(site.cast.ravi), site.cast.mei.user_id, {support::cheap_hash("other")});
    });
    EXPECT_EQ(type_code(browser, phone.code()).status, 422);
    EXPECT_EQ(sessions(), 0);

    site.database->write([&](db::Transaction& tx) {
        users::set_password(tx, site.cast.mei.user_id, support::cheap_hash(support::cast_password));
    });
    type_password(browser);
    site.database->write(
        [&](db::Transaction& tx) { actions::reset_factor(tx, site.act(site.cast.ada), site.cast.mei.user_id); });
    EXPECT_EQ(type_code(browser, phone.code()).status, 422);
    EXPECT_EQ(sessions(), 0);
    EXPECT_EQ(type_password(browser).location(), "/") << "the password alone";
}

TEST_F(CodePages, WhoIsDeactivatedMeanwhileGetsNoSession)
{
    type_password(browser);
    site.database->write(
        [](db::Transaction& tx) { tx.apply("UPDATE auth_user SET is_active = 0 WHERE username = 'mei'"); });
    EXPECT_EQ(type_code(browser, phone.code()).status, 422);
    EXPECT_EQ(sessions(), 0);
}

TEST_F(CodePages, ARecoveryCodeCountsOnceAndTheOwnerIsTold)
{
    type_password(browser);
    EXPECT_EQ(type_recovery(browser, "4k7m-pq2y").status, 422);
    EXPECT_EQ(type_recovery(browser, "4K7M PQ2X").status, 303);
    EXPECT_THAT(browser.get("/").body, HasSubstr("You signed in with your last recovery code."));
    EXPECT_THAT(site.notifications(), Contains("mei: Somebody signed in as you with a recovery code"));
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_event WHERE kind = 'recovery_code_used'"), 1);

    Client again(site);
    type_password(again);
    EXPECT_EQ(type_recovery(again, std::string(Phone::recovery_code)).status, 422);
    EXPECT_EQ(sessions(), 1);
}

TEST_F(CodePages, WrongCodesMakeTheGuesserWaitAndANewPasswordStepForgivesNothing)
{
    for (int i = 0; i < 10; ++i) {
        type_password(browser);
        EXPECT_EQ(type_code(browser, "000000").status, 422) << i;
    }
    const auto waiting = type_code(browser, phone.code());
    EXPECT_EQ(waiting.status, 429);
    EXPECT_EQ(waiting.header("Retry-After"), "60");
    EXPECT_EQ(type_password(browser).status, 429) << "one count for both";
    EXPECT_EQ(sessions(), 0);
    site.clock.advance(61s);
    EXPECT_EQ(type_code(browser, phone.code()).status, 303);
    EXPECT_THAT(site.notifications(), Contains("mei: Somebody typed your password, then 10 wrong codes"));
}

TEST_F(CodePages, WrongCodesAreLoggedWithoutTheCode)
{
    testing::internal::CaptureStderr();
    type_password(browser);
    type_code(browser, "000001");
    type_code(browser, phone.code());
    const std::string log = testing::internal::GetCapturedStderr();
    EXPECT_THAT(log, AllOf(HasSubstr("security wrong_code about="), HasSubstr("security signed_in"),
                         Not(HasSubstr("000001")), Not(HasSubstr(phone.code())), Not(HasSubstr(Phone::secret))));
}

TEST_F(CodePages, WhatWasTypedBeforeTheSessionEndedComesBackAfterTheCode)
{
    const auto path = "/service/" + std::to_string(site.submit(site.cast.mei, "Boiler is cold").value) + "/";
    browser.sign_in_as(site.cast.mei);
    browser.get(path);
    browser.end_session();
    const auto ended = browser.post(path + "comments/", {{"text", "Still cold"}});
    ASSERT_EQ(ended.status, 403);

    const auto right = browser.post(login, {{"username", "mei"}, {"password", std::string(support::cast_password)},
                                               {"next", ended.input("next")}, {"typist", ended.input("typist")}});
    const auto asked = browser.get(right.location());
    const auto in = browser.post(
        code_page, {{"code", phone.code()}, {"next", asked.input("next")}, {"typist", asked.input("typist")}});

    EXPECT_EQ(in.location(), path);
    EXPECT_THAT(browser.get(path).body, AllOf(HasSubstr("Still cold</textarea>"), HasSubstr("What you typed is back")));
}

TEST_F(CodePages, ALeakIsTakenWhileTheCodeIsStillToCome)
{
    browser.sign_in_as(site.cast.mei);
    browser.get("/service/create/");
    browser.end_session();
    type_password(browser);
    const auto sent = browser.post("/service/create/", {{"request_type", "gas-leak"}, {"address", "12 Elm Street"},
                                                           {"description", "It hisses"}, {"submission", "k"}});
    EXPECT_EQ(sent.status, 303);
    EXPECT_THAT(sent.location(), HasSubstr("/emergency/report/"));
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_servicerequest"), 1);
}

TEST_F(CodePages, OnAPublicComputerTheSessionIsShortAfterTheCodeToo)
{
    browser.post(login, {{"username", "mei"}, {"password", std::string(support::cast_password)},
                            {"public_computer", "1"}, {"next", "/"}});
    type_code(browser, phone.code());
    EXPECT_THAT(browser.get("/").body, HasSubstr("data-public"));
    EXPECT_THAT(browser.cookie("gu_device"), IsEmpty());
}

TEST_F(CodePages, ASecondFactorTurnedOnMeanwhileIsAskedFor)
{
    site.database->write(
        [&](db::Transaction& tx) { actions::reset_factor(tx, site.act(site.cast.ada), site.cast.mei.user_id); });
    site.lossy.meanwhile([&](db::Database&) { Phone again(site, site.cast.mei); });

    EXPECT_THAT(type_password(browser).location(), testing::StartsWith("/accounts/login/code/"));
    EXPECT_EQ(sessions(), 0);
}

} // namespace
