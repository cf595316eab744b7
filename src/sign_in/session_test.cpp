#include "sign_in/session.hpp"

#include "base/error.hpp"
#include "support/cast.hpp"
#include "support/fake_clock.hpp"
#include "support/test_database.hpp"
#include "users/user.hpp"

#include <gmock/gmock.h>

using std::chrono::hours;
using std::chrono::minutes;

namespace {

class Sessions : public testing::Test
{
  protected:
    std::string sign_in(const sign_in::Browser& browser = {"Firefox"})
    {
        return database->write(
            [&](db::Transaction& tx) { return sign_in::add_session(tx, cast.mei.user_id, browser, clock.now()); });
    }

    std::optional<sign_in::Session> find(std::string_view token)
    {
        return sign_in::find_session(*database->read(), sign_in::session_hash(token), clock.now(), rules);
    }

    void touch(std::string_view token)
    {
        database->write(
            [&](db::Transaction& tx) { sign_in::touch_session(tx, sign_in::session_hash(token), clock.now()); });
    }

    support::FakeClock clock;
    support::TestDatabase database;
    support::Cast cast = support::add_cast(*database, clock.now());
    sign_in::SessionRules rules{.idle = minutes(30), .absolute = hours(8)};
};

TEST_F(Sessions, KnowTheirVisitor)
{
    const auto session = find(sign_in());

    ASSERT_TRUE(session.has_value());
    EXPECT_EQ(session->visitor.user_id, cast.mei.user_id);
    EXPECT_EQ(session->visitor.username, "mei");
    EXPECT_EQ(session->visitor.full_name, "Mei Chen");
    EXPECT_EQ(session->visitor.role, base::Role::Customer);
    EXPECT_FALSE(session->must_change_password);
    EXPECT_EQ(session->created_at, clock.now());
    EXPECT_EQ(session->last_seen_at, clock.now());
}

TEST_F(Sessions, BeginningOneStampsTheUser)
{
    clock.advance(minutes(5));
    sign_in();

    EXPECT_EQ(users::get_user(*database->read(), cast.mei.user_id).last_login, clock.now());
}

TEST_F(Sessions, TheTokenItselfIsNotStored)
{
    const std::string token = sign_in();

    EXPECT_EQ(token.size(), 43u);
    EXPECT_NE(sign_in(), token);
    EXPECT_EQ(database->read()->query("SELECT COUNT(*) FROM auth_session WHERE token_hash = $1", token).integer(), 0);
    EXPECT_FALSE(sign_in::find_session(*database->read(), token, clock.now(), rules).has_value());
}

TEST_F(Sessions, AnUnknownTokenIsNobody)
{
    sign_in();

    EXPECT_FALSE(find("").has_value());
    EXPECT_FALSE(find("guess").has_value());
}

TEST_F(Sessions, IdleOnesEnd)
{
    const std::string token = sign_in();

    clock.advance(minutes(29));
    EXPECT_TRUE(find(token).has_value());
    touch(token);
    clock.advance(minutes(29));
    EXPECT_TRUE(find(token).has_value());
    clock.advance(minutes(1));
    EXPECT_FALSE(find(token).has_value());
}

TEST_F(Sessions, BusyOnesEndAfterTheLongestTime)
{
    const std::string token = sign_in();

    for (int i = 0; i < 23; ++i) {
        clock.advance(minutes(20));
        touch(token);
    }
    EXPECT_TRUE(find(token).has_value());
    clock.advance(minutes(20));
    touch(token);
    EXPECT_FALSE(find(token).has_value());
}

TEST_F(Sessions, AClockPutBackEndsNone)
{
    const std::string token = sign_in();

    clock.advance(-hours(24));

    EXPECT_TRUE(find(token).has_value());
}

TEST_F(Sessions, OfAnInactiveUserAreNotFound)
{
    const std::string token = sign_in();

    database->write([](db::Transaction& tx) { tx.apply("UPDATE auth_user SET is_active = 0 WHERE username = 'mei'"); });

    EXPECT_FALSE(find(token).has_value());
}

TEST_F(Sessions, TellThatThePasswordMustBeChanged)
{
    const std::string token = sign_in();

    database->write(
        [](db::Transaction& tx) { tx.apply("UPDATE auth_user SET must_change_password = 1 WHERE username = 'mei'"); });

    ASSERT_TRUE(find(token).has_value());
    EXPECT_TRUE(find(token)->must_change_password);
}

TEST_F(Sessions, SigningOutEndsThisOneOnly)
{
    const std::string at_home = sign_in();
    const std::string in_the_library = sign_in();

    database->write([&](db::Transaction& tx) { sign_in::remove_session(tx, sign_in::session_hash(in_the_library)); });

    EXPECT_TRUE(find(at_home).has_value());
    EXPECT_FALSE(find(in_the_library).has_value());
}

TEST_F(Sessions, ExpiredOnesAreRemovedAndCounted)
{
    sign_in();
    sign_in();
    clock.advance(minutes(30));
    const std::string fresh = sign_in();

    const auto removed =
        database->write([&](db::Transaction& tx) { return sign_in::remove_expired_sessions(tx, clock.now(), rules); });

    EXPECT_EQ(removed, 2);
    EXPECT_TRUE(find(fresh).has_value());
}

TEST_F(Sessions, OnAPublicComputerEndAfterTwentyMinutes)
{
    const std::string token = sign_in({.user_agent = "Firefox", .is_public = true});
    const std::vector<std::string> hashes{sign_in::session_hash(token)};
    const auto count_open = [&] {
        return sign_in::find_open_sessions(*database->read(), hashes, clock.now(), rules).size();
    };
    clock.advance(minutes(19));
    ASSERT_TRUE(find(token).has_value());
    EXPECT_TRUE(find(token)->is_public);
    EXPECT_EQ(count_open(), 1U);

    clock.advance(minutes(1));

    EXPECT_FALSE(find(token).has_value());
    EXPECT_EQ(count_open(), 0U);
    EXPECT_EQ(
        database->write([&](db::Transaction& tx) { return sign_in::remove_expired_sessions(tx, clock.now(), rules); }),
        1);
}

TEST_F(Sessions, OnAPublicComputerNeverLastLongerThanElsewhere)
{
    rules.idle = minutes(5);
    const std::string token = sign_in({.user_agent = "Firefox", .is_public = true});

    clock.advance(minutes(5));

    EXPECT_FALSE(find(token).has_value());
}

TEST_F(Sessions, ALongOrBrokenUserAgentIsNoObstacle)
{
    sign_in({std::string(100'000, 'x')});
    sign_in({"\xff\xfe"});

    EXPECT_EQ(database.number("SELECT MAX(LENGTH(user_agent)) FROM auth_session"), 200);
    EXPECT_EQ(database.number("SELECT MIN(LENGTH(user_agent)) FROM auth_session"), 0);
}

TEST_F(Sessions, NobodyUnknownGetsOne)
{
    EXPECT_THROW(
        database->write([&](db::Transaction& tx) { sign_in::add_session(tx, UserId{4711}, {"Firefox"}, clock.now()); }),
        base::NotFound);
}

} // namespace
