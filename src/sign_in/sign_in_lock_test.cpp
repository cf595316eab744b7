#include "actions/sign_in.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <future>

namespace {

using std::chrono::minutes;
using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view login = "/accounts/login/";

/// What strangers can do with a user name and what its owner finds afterwards.
class SignInLock : public testing::Test
{
  protected:
    support::Answer sign_in(std::string username, std::string password, Client* from = nullptr)
    {
        Client stranger(site);
        return (from == nullptr ? stranger : *from)
            .post(login, {{"username", std::move(username)}, {"password", std::move(password)}});
    }
    /// Wrong passwords in a row, slowly enough that no throttle stops them; returns what was logged.
    std::string guess(const std::string& username, int times)
    {
        testing::internal::CaptureStderr();
        for (int i = 0; i < times; ++i) {
            site.clock.advance(minutes(1));
            EXPECT_EQ(sign_in(username, "wrong guess").status, 422);
        }
        return testing::internal::GetCapturedStderr();
    }
    /// As though that many had been typed already.
    void count_failures(const std::string& username, std::int64_t failures)
    {
        site.database->write([&](db::Transaction& tx) {
            tx.apply("UPDATE auth_user SET failed_sign_ins = $2 WHERE username = $1", username, failures);
        });
    }
    void lock(const std::string& username)
    {
        count_failures(username, 99);
        guess(username, 1);
    }
    void make_administrator(const std::string& username)
    {
        site.database->write([&](db::Transaction& tx) {
            tx.apply("UPDATE auth_user SET role = 'administrator' WHERE username = $1", username);
        });
    }
    int status_of_right_password(const std::string& username) { return sign_in(username, right).status; }

    support::TestSite site;
    const std::string right{support::cast_password};
};

TEST_F(SignInLock, EndsByItselfAfterAQuarterOfAnHour)
{
    lock("mei");
    EXPECT_EQ(status_of_right_password("mei"), 422);
    site.clock.advance(minutes(14));
    EXPECT_EQ(status_of_right_password("mei"), 422);

    site.clock.advance(minutes(1));

    EXPECT_EQ(status_of_right_password("mei"), 303);
}

TEST_F(SignInLock, TheNextOneTakesAsManyWrongPasswords)
{
    lock("mei");
    site.clock.advance(minutes(15));

    guess("mei", 99);
    EXPECT_EQ(status_of_right_password("mei"), 303);
    lock("mei");
    EXPECT_EQ(status_of_right_password("mei"), 422);
    site.clock.advance(minutes(15));
    EXPECT_EQ(status_of_right_password("mei"), 303);
}

TEST_F(SignInLock, IsNeverPutOnTheLastAdministrator)
{
    count_failures("ada", 99);

    EXPECT_THAT(guess("ada", 1),
        AllOf(HasSubstr("warning"), HasSubstr("(ada) is not locked, being the last administrator who can sign in")));

    EXPECT_EQ(status_of_right_password("ada"), 303);
}

TEST_F(SignInLock, OfTwoAdministratorsOneStays)
{
    make_administrator("sofia");
    lock("sofia");
    lock("ada");
    EXPECT_EQ(status_of_right_password("sofia"), 422);
    EXPECT_EQ(status_of_right_password("ada"), 303);

    site.clock.advance(minutes(15));
    lock("ada");
    EXPECT_EQ(status_of_right_password("ada"), 422) << "the other one is back";
}

TEST_F(SignInLock, ANodeWhoseClockIsBehindKnowsOfItToo)
{
    make_administrator("sofia");
    lock("sofia");
    count_failures("ada", 99);

    const auto outcome = site.database->write([&](db::Transaction& tx) {
        return actions::note_wrong_password(tx, site.cast.ada.user_id, site.clock.now() - std::chrono::seconds(2));
    });

    EXPECT_EQ(outcome, users::WrongPassword::NotLocked);
}

TEST_F(SignInLock, AnInactiveAdministratorIsNoOther)
{
    make_administrator("sofia");
    site.database->write(
        [](db::Transaction& tx) { tx.apply("UPDATE auth_user SET is_active = 0 WHERE username = 'sofia'"); });

    lock("ada");

    EXPECT_EQ(status_of_right_password("ada"), 303);
}

TEST_F(SignInLock, OfTwoAdministratorsAttackedAtTwoNodesOneStays)
{
    make_administrator("sofia");
    for (int round = 0; round < 20; ++round) {
        count_failures("ada", 99);
        count_failures("sofia", 99);
        const auto fail = [&](UserId user) {
            return site.database->write(
                [&](db::Transaction& tx) { return actions::note_wrong_password(tx, user, site.clock.now()); });
        };

        auto elsewhere = std::async(std::launch::async, fail, site.cast.sofia.user_id);
        const auto here = fail(site.cast.ada.user_id);

        EXPECT_NE(here == users::WrongPassword::Locked, elsewhere.get() == users::WrongPassword::Locked) << round;
        site.clock.advance(minutes(15));
    }
}

TEST_F(SignInLock, IsLoggedWithWhoFromWhereAndUntilWhen)
{
    count_failures("mei", 98);
    EXPECT_EQ(guess("mei", 1), "");

    const std::string log = guess("mei", 1);

    EXPECT_THAT(
        log, AllOf(HasSubstr("warning request "), HasSubstr("user 1 (mei) is locked until 2026-11-16T21:48:00Z"),
                 HasSubstr("the last from 127.0.0.1"), Not(HasSubstr("wrong guess"))));
    EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 1);
}

TEST_F(SignInLock, ReadsLikeAnUnknownName)
{
    const auto before = [&](const std::string& username) {
        Client stranger(site);
        const std::string body = sign_in(username, right, &stranger).body;
        return body.substr(body.find("<main"), body.find("name=\"csrf\"") - body.find("<main"));
    };
    const std::string unknown = before("nobody");
    lock("mei");

    EXPECT_EQ(before("mei"), unknown);
    EXPECT_THAT(unknown, Not(HasSubstr("15 minutes")));
    Client stranger(site);
    const auto third = stranger.post("/accounts/login/", {{"username", "nobody"}, {"password", "no"}, {"tries", "2"}});
    EXPECT_THAT(third.body, HasSubstr("wait 15 minutes"));
}

TEST_F(SignInLock, SomebodySignedInGoesOn)
{
    Client mei(site);
    mei.sign_in_as(site.cast.mei);
    lock("mei");

    EXPECT_EQ(mei.get("/service/").status, 200);
}

TEST_F(SignInLock, AClockPutBackMakesItNoLonger)
{
    lock("mei");
    site.clock.advance(-std::chrono::hours(24));

    EXPECT_EQ(status_of_right_password("mei"), 303);
}

/// Forms that ask somebody signed in for the password once more.
class PasswordInAForm : public SignInLock
{
  protected:
    PasswordInAForm() { mei.sign_in_as(site.cast.mei); }
    support::Answer change_password(const std::string& current)
    {
        return mei.post("/account/password/", {{"current_password", current}, {"new_password", "seven lamps of winter"},
                                                  {"new_password_again", "seven lamps of winter"}});
    }
    support::Answer change_email(const std::string& current)
    {
        return mei.post(
            "/account/contact/", {{"email", "new@example.com"}, {"current_password", current}, {"version", "1"}});
    }

    Client mei{site};
};

TEST_F(PasswordInAForm, CountsWrongOnesLikeTheSignIn)
{
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(change_password("wrong guess").status, 422);
        EXPECT_EQ(change_email("wrong guess").status, 422);
    }
    EXPECT_EQ(change_password(right).status, 429) << "ten within a minute";
    EXPECT_EQ(change_email(right).status, 429);

    site.clock.advance(minutes(1));
    count_failures("mei", 99);
    testing::internal::CaptureStderr();
    EXPECT_EQ(change_email("wrong guess").status, 422);
    EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("(mei) is locked"));
    EXPECT_EQ(status_of_right_password("mei"), 422);
}

TEST_F(PasswordInAForm, SaysWhenALockEnds)
{
    lock("mei");
    site.clock.advance(minutes(5));

    for (const auto& answer : {change_password(right), change_email(right)}) {
        EXPECT_EQ(answer.status, 429);
        EXPECT_EQ(answer.header("Retry-After"), "600");
        EXPECT_THAT(answer.body, AllOf(HasSubstr("Try again in 10 minutes."), Not(HasSubstr(right))));
    }
    site.clock.advance(minutes(10));
    EXPECT_EQ(change_email(right).status, 303);
    EXPECT_EQ(change_password(right).status, 303);
}

TEST_F(PasswordInAForm, ARightOneEndsTheRow)
{
    count_failures("mei", 99);

    EXPECT_EQ(change_email(right).status, 303);

    EXPECT_EQ(site.database.number("SELECT failed_sign_ins FROM auth_user WHERE username = 'mei'"), 0);
}

TEST_F(PasswordInAForm, AnEmptyOneIsNoGuess)
{
    count_failures("mei", 99);

    EXPECT_EQ(change_email("").status, 422);
    EXPECT_EQ(change_password("").status, 422);

    EXPECT_EQ(status_of_right_password("mei"), 303);
}

} // namespace
