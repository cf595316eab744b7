#include "actions/sign_in.hpp"

#include "actions/change_password.hpp"
#include "base/error.hpp"
#include "sign_in/password.hpp"
#include "support/cast.hpp"
#include "support/fake_clock.hpp"
#include "support/test_database.hpp"

#include <gmock/gmock.h>

#include <functional>
#include <string>

using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

class SignInThrottle : public testing::Test
{
  protected:
    sign_in::SignInAttempt attempt(std::string_view address, std::string_view username) const
    {
        return {.address = std::string(address), .username = username, .now = clock.now()};
    }
    void fail(std::string_view address, std::string_view username, int times)
    {
        database->write([&](db::Transaction& tx) {
            for (int i = 0; i < times; ++i)
                sign_in::note_failure(tx, attempt(address, username), sign_in::Guesser::Stranger);
        });
    }
    /// Seconds to wait, zero when the attempt is allowed.
    int wait(std::string_view address, std::string_view username)
    {
        try {
            sign_in::check_throttle(*database->read(), attempt(address, username), sign_in::Guesser::Stranger);
        } catch (const base::TooManyAttempts& refused) {
            return refused.retry_after_seconds;
        }
        return 0;
    }
    std::int64_t remove_old()
    {
        return database->write([&](db::Transaction& tx) { return sign_in::remove_old_failures(tx, clock.now()); });
    }

    support::FakeClock clock;
    support::TestDatabase database;
};

TEST_F(SignInThrottle, TenWrongMakeTheNetworkWaitForThisName)
{
    fail("10.0.0.1", "mei", 9);
    EXPECT_EQ(wait("10.0.0.1", "mei"), 0);
    clock.advance(seconds(30));
    fail("10.0.0.1", "mei", 1);

    EXPECT_EQ(wait("10.0.0.1", "mei"), 60);
    clock.advance(milliseconds(59'500));
    EXPECT_EQ(wait("10.0.0.1", "mei"), 1);
    clock.advance(milliseconds(500));
    EXPECT_EQ(wait("10.0.0.1", "mei"), 0);
}

TEST_F(SignInThrottle, TheOwnerElsewhereAndOthersHereDoNotWait)
{
    fail("10.0.0.1", "mei", 10);

    EXPECT_EQ(wait("10.0.0.2", "mei"), 0);
    EXPECT_EQ(wait("10.0.0.1", "omar"), 0);
}

TEST_F(SignInThrottle, AnotherSpellingOfTheNameIsNoNewName)
{
    for (const char* spelling : {"jos\u00E9", "jose\u0301", "jos\u00E9\u3000", "\uFF4Aos\u00E9", "jos\u200B\u00E9"})
        fail("10.0.0.1", spelling, 2);

    EXPECT_EQ(wait("10.0.0.1", "jos\u00E9"), 60);
}

TEST_F(SignInThrottle, AnotherCaseOfTheNameIsNoNewName)
{
    for (const char* spelling : {"mei", "MEI", "Mei", "mEi", "\uFF2Dei"})
        fail("10.0.0.1", spelling, 2);

    EXPECT_EQ(wait("10.0.0.1", "meI"), 60);
}

TEST_F(SignInThrottle, MistakesOfAnHourBeforeDoNotCount)
{
    fail("10.0.0.1", "mei", 9);
    clock.advance(std::chrono::hours(1));
    fail("10.0.0.1", "mei", 9);

    EXPECT_EQ(wait("10.0.0.1", "mei"), 0);
}

TEST_F(SignInThrottle, ARightPasswordForgetsTheMistakes)
{
    fail("10.0.0.1", "mei", 9);
    database->write([&](db::Transaction& tx) { sign_in::forget_failures(tx, attempt("10.0.0.1", "mei")); });
    fail("10.0.0.1", "mei", 9);

    EXPECT_EQ(wait("10.0.0.1", "mei"), 0);
}

TEST_F(SignInThrottle, TwentyFromManyNetworksMakeStrangersWaitForThisName)
{
    for (int i = 0; i < 20; ++i)
        fail("10.0.1." + std::to_string(i), "mei", 1);

    EXPECT_EQ(wait("10.0.0.2", "mei"), 60);
    EXPECT_EQ(wait("10.0.0.2", "omar"), 0);
    EXPECT_EQ(sign_in::find_wait(*database->read(), "Mei", clock.now()), clock.now() + std::chrono::minutes(1));
    database->write([&](db::Transaction& tx) { EXPECT_TRUE(sign_in::end_wait(tx, "MEI", clock.now())); });
    EXPECT_EQ(wait("10.0.0.2", "mei"), 0);
    EXPECT_EQ(sign_in::find_wait(*database->read(), "mei", clock.now()), std::nullopt);
}

TEST_F(SignInThrottle, ThirtyOfOneNetworkMakeItWaitForAllNames)
{
    for (int i = 0; i < 30; ++i)
        fail("10.0.0.1", "name" + std::to_string(i), 1);

    EXPECT_EQ(wait("10.0.0.1", "mei"), 60);
    EXPECT_EQ(wait("10.0.0.2", "mei"), 0);
}

TEST_F(SignInThrottle, AClockPutBackMakesNobodyWait)
{
    fail("10.0.0.1", "mei", 10);

    clock.advance(-std::chrono::hours(24));

    EXPECT_EQ(wait("10.0.0.1", "mei"), 0);
}

TEST_F(SignInThrottle, CountsThatHaveEndedAreRemoved)
{
    fail("10.0.0.1", "mei", 10);
    clock.advance(std::chrono::minutes(30));
    EXPECT_EQ(remove_old(), 1) << "of the network";
    clock.advance(std::chrono::minutes(30));
    EXPECT_EQ(remove_old(), 1) << "of network and name";
    clock.advance(std::chrono::hours(23));
    EXPECT_EQ(remove_old(), 1) << "of the name";
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM sign_in_failure"), 0);
}

TEST_F(SignInThrottle, NeitherNamesNorAddressesAreKeptReadably)
{
    fail("10.0.0.1", "a password typed into the wrong field", 1);

    EXPECT_EQ(
        database.number("SELECT COUNT(*) FROM sign_in_failure WHERE key LIKE '%password%' OR key LIKE '%10.0%'"), 0);
}

class Credentials : public testing::Test
{
  protected:
    std::optional<users::Credentials> find(std::string_view username = "mei")
    {
        return users::find_credentials(*database->read(), username);
    }
    bool note_right(const users::Credentials& checked, std::string_view fresh_hash)
    {
        return database->write(
            [&](db::Transaction& tx) { return users::note_right_password(tx, checked, fresh_hash); });
    }

    support::FakeClock clock;
    support::TestDatabase database;
    support::Cast cast = support::add_cast(*database, clock.now());
};

TEST_F(Credentials, OfTheCastOpenWithItsPassword)
{
    const auto found = find();

    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->user.full_name(), "Mei Chen");
    EXPECT_EQ(sign_in::check_password(support::cast_password, found->password_hash),
        sign_in::PasswordCheck::RightButOutdated);
    EXPECT_EQ(sign_in::check_password("correct horse batterz", found->password_hash), sign_in::PasswordCheck::Wrong);
}

TEST_F(Credentials, OfUnknownAndInactiveUsersAreNotFound)
{
    database->write([](db::Transaction& tx) { tx.apply("UPDATE auth_user SET is_active = 0 WHERE username = 'mei'"); });

    EXPECT_FALSE(find("nobody").has_value());
    EXPECT_FALSE(find("mei").has_value());
    EXPECT_TRUE(find("omar").has_value());
}

TEST_F(Credentials, AFreshHashReplacesTheOneThatWasChecked)
{
    const users::Credentials checked = find().value();

    EXPECT_TRUE(note_right(checked, "fresh hash"));

    EXPECT_EQ(find()->password_hash, "fresh hash");
}

TEST_F(Credentials, AFreshHashNeverReplacesANewerPassword)
{
    const users::Credentials checked = find().value();
    database->write([&](db::Transaction& tx) { users::set_password(tx, cast.mei.user_id, "newer password"); });

    EXPECT_FALSE(note_right(checked, "fresh hash"));

    EXPECT_EQ(find()->password_hash, "newer password");
}

TEST_F(Credentials, ThatWereCheckedCountNoMoreAfterAResetOrTheEndOfTheUser)
{
    const users::Credentials checked = find().value();
    database->write([&](db::Transaction& tx) {
        actions::reset_password(tx, {.visitor = cast.ravi, .at = clock.now()}, cast.mei.user_id, {"temporary hash"});
    });
    EXPECT_FALSE(note_right(checked, ""));
    EXPECT_TRUE(note_right(find().value(), ""));
    const users::Credentials again = find().value();
    database->write([](db::Transaction& tx) { tx.apply("UPDATE auth_user SET is_active = 0 WHERE username = 'mei'"); });
    EXPECT_FALSE(note_right(again, ""));
}

} // namespace
