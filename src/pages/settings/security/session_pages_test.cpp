#include "support/fake_sink.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace {

using support::Client;
using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
constexpr std::string_view chrome =
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Mobile Safari/537.36";

std::size_t count_of(const std::string& text, const std::string& words)
{
    std::size_t count = 0;
    for (auto at = text.find(words); at != std::string::npos; at = text.find(words, at + 1))
        ++count;
    return count;
}

class SessionPages : public testing::Test
{
  protected:
    SessionPages()
    {
        at_home.set_address("198.51.100.7");
        at_home.set_header("user-agent", std::string(firefox));
        on_the_way.set_address("203.0.113.9");
        on_the_way.set_header("user-agent", std::string(chrome));
        sign_in(at_home, "mei");
        site.clock.advance(std::chrono::minutes(1));
        sign_in(on_the_way, "mei", {{"public_computer", "on"}});
    }

    support::Answer sign_in(Client& who, std::string username, Client::Fields more = {})
    {
        more.emplace_back("username", std::move(username));
        more.emplace_back("password", std::string(support::cast_password));
        return who.post("/accounts/login/", std::move(more));
    }
    std::string end_of(const std::string& name) const { return page + name + "/end/"; }
    /// Where the page's first button "Sign out" leads.
    std::string end_on(const support::Answer& answer) const
    {
        const std::string& body = answer.body;
        const auto end = body.find("/end/");
        const auto begin = body.rfind(page, end);
        return end == std::string::npos ? "" : body.substr(begin, end + 5 - begin);
    }
    std::int64_t sessions() { return site.database.number("SELECT count(*) FROM auth_session"); }
    std::int64_t events(std::string_view kind)
    {
        return site.database->read()->query("SELECT count(*) FROM service_event WHERE kind = $1", kind).integer();
    }

    support::TestSite site;
    Client at_home{site};
    Client on_the_way{site};
    const std::string page = "/account/sessions/";
};

TEST_F(SessionPages, ShowEachDeviceWithItsAddressAndTimes)
{
    const auto seen = at_home.get(page);
    EXPECT_EQ(seen.status, 200);
    EXPECT_EQ(seen.header("Cache-Control"), "no-store");
    EXPECT_THAT(
        seen.body, AllOf(HasSubstr("Firefox on Windows"), HasSubstr("Chrome on Android"), HasSubstr("198.51.100.7"),
                       HasSubstr("203.0.113.9"), HasSubstr("In use now."), HasSubstr("Last used today, ")));
    EXPECT_EQ(count_of(seen.body, "This device"), 1U);
    EXPECT_LT(seen.body.find("Firefox on Windows"), seen.body.find("Chrome on Android")) << "this device first";
    EXPECT_THAT(seen.body, AllOf(HasSubstr("Sign out: Chrome on Android"), Not(HasSubstr("Sign out: Firefox"))));
}

TEST_F(SessionPages, SayWhichDevicesShareTheAddressOfNow)
{
    EXPECT_THAT(at_home.get(page).body, Not(HasSubstr("the same as yours now")));
    at_home.set_address("203.0.113.9");
    EXPECT_THAT(at_home.get(page).body, HasSubstr("the same as yours now"));
}

TEST_F(SessionPages, HoldNeitherTokenNorHash)
{
    const std::string hash = site.database->read()
                                 ->query("SELECT token_hash FROM auth_session ORDER BY created_at DESC")
                                 .first([](const db::Row& row) { return row.string(0); })
                                 .value();
    const auto seen = at_home.get(page);
    EXPECT_THAT(seen.body, AllOf(Not(HasSubstr(hash)), Not(HasSubstr(on_the_way.cookie("gu_session")))));
    EXPECT_EQ(at_home.post(end_of(hash), {}).status, 404);
    EXPECT_EQ(at_home.post(end_of(on_the_way.cookie("gu_session")), {}).status, 404);
    EXPECT_EQ(sessions(), 2);
}

TEST_F(SessionPages, EndOneDeviceAtOnce)
{
    auto response = on_the_way.ask(http::Method::Get, "/events/?page=1%20unread");
    const auto sink = std::make_shared<support::FakeSink>();
    std::get<http::EventStreamBody>(response.body).opened(sink);
    const auto ended = at_home.post(end_on(at_home.get(page)), {});
    EXPECT_EQ(ended.location(), page);
    EXPECT_THAT(
        at_home.get(page).body, AllOf(HasSubstr("That device is signed out."), HasSubstr("Another device signed out"),
                                    Not(HasSubstr("Chrome on Android"))));
    EXPECT_FALSE(sink->is_open());
    EXPECT_THAT(on_the_way.get("/account/").location(), HasSubstr("/accounts/login/"));
    EXPECT_EQ(sessions(), 1);
    EXPECT_EQ(events("sessions_ended"), 1);
}

TEST_F(SessionPages, SayThatADeviceIsSignedOutAlready)
{
    const std::string end = end_on(at_home.get(page));
    at_home.post("/account/sessions/others/", {});
    const auto again = at_home.post(end, {});
    EXPECT_EQ(again.location(), page);
    EXPECT_THAT(
        at_home.get(page).body, AllOf(HasSubstr("That device is signed out already."), HasSubstr("This device")));
    EXPECT_EQ(events("sessions_ended"), 1) << "nothing happened by the second press";
}

TEST_F(SessionPages, EveryPageOfTheirsLearnsThatTheSessionEnded)
{
    for (const std::string shown : {"/", "/service/", "/service/create/", "/account/", "/account/password/",
             "/account/security/", "/account/sessions/", "/account/close/", "/notifications/"})
        EXPECT_THAT(at_home.get(shown).body, ContainsRegex("data-live=\"unread\" data-live-after=\"[^\"]+\"")) << shown;
    EXPECT_THAT(at_home.post("/account/claim/", {}).body, HasSubstr("data-live=\"unread\"")) << "a refused form";
    EXPECT_THAT(Client(site).get("/").body, Not(HasSubstr("data-live"))) << "nobody is signed in";
}

TEST_F(SessionPages, AreNobodyElses)
{
    const std::string end = end_on(at_home.get(page));
    for (const std::string other : {"omar", "ada"}) {
        Client stranger(site);
        sign_in(stranger, other);
        EXPECT_THAT(stranger.get(page).body, Not(HasSubstr("203.0.113.9"))) << other;
        EXPECT_EQ(stranger.post(end, {}).location(), page) << other;
        EXPECT_EQ(stranger.post("/account/sessions/others/", {}).status, 303) << other;
    }
    EXPECT_EQ(on_the_way.get(page).status, 200);
    EXPECT_EQ(events("sessions_ended"), 0);
    EXPECT_EQ(Client(site).post(end, {}).status, 403);
    EXPECT_EQ(at_home.post_without_token(end, {}).status, 403);
}

TEST_F(SessionPages, EndAllOtherDevices)
{
    Client third(site);
    sign_in(third, "mei");
    EXPECT_EQ(at_home.post("/account/sessions/others/", {}).location(), page);
    EXPECT_EQ(sessions(), 1);
    EXPECT_EQ(at_home.get("/account/").status, 200);
    for (Client* other : {&on_the_way, &third})
        EXPECT_THAT(other->get("/account/").location(), HasSubstr("/accounts/login/"));
    EXPECT_THAT(at_home.get(page).body, Not(HasSubstr("Sign out everywhere else")));
    EXPECT_EQ(events("sessions_ended"), 1);
}

TEST_F(SessionPages, SayWhatHappenedAtTheSignIn)
{
    Client guesser(site);
    for (int i = 0; i < 6; ++i)
        guesser.post("/accounts/login/", {{"username", "mei"}, {"password", "wrong guess"}});
    guesser.set_header("user-agent", std::string(chrome));
    sign_in(guesser, "mei");
    EXPECT_EQ(at_home
                  .post("/account/password/",
                      {{"current_password", std::string(support::cast_password)},
                          {"new_password", "staple battery correct"}, {"new_password_again", "staple battery correct"}})
                  .status,
        303);
    // A name in which the word occurs.
    site.database->write([&](db::Transaction& tx) {
        tx.apply("INSERT INTO service_event (subject, subject_id, kind, before_value, after_value, created_at) VALUES "
                 "('user', $1, 'changed', $2, $3, $4)",
            site.cast.mei.user_id, "last_name\tChen", "last_name\temail", site.clock.now());
    });
    EXPECT_THAT(at_home.get(page).body,
        AllOf(HasSubstr("Wrong password, 6 times"), HasSubstr("Signed in with a new device"),
            HasSubstr("Password changed"), HasSubstr("Chrome, Android, <time"), Not(HasSubstr("Email changed"))));
    Client omar(site);
    sign_in(omar, "omar");
    EXPECT_THAT(omar.get(page).body, Not(HasSubstr("Wrong password")));
}

TEST_F(SessionPages, ShowNinetyDaysOnPagesOfFifty)
{
    for (int i = 0; i < 60; ++i)
        site.database->write([&](db::Transaction& tx) {
            tx.apply("INSERT INTO service_event (subject, subject_id, actor_id, kind, created_at) VALUES "
                     "('user', $1, $1, 'recovery_codes', $2)",
                site.cast.mei.user_id, site.clock.now() - std::chrono::hours(24));
        });
    const auto first = at_home.get(page);
    EXPECT_EQ(count_of(first.body, "New recovery codes made"), 50U);
    const auto at = first.body.find("?before=");
    ASSERT_NE(at, std::string::npos);
    const auto older = at_home.get(page + first.body.substr(at, first.body.find('#', at) - at));
    EXPECT_EQ(count_of(older.body, "New recovery codes made"), 10U);
    EXPECT_THAT(older.body, AllOf(HasSubstr("Newest"), ContainsRegex("Signed in")));

    at_home.get("/account/");
    site.clock.advance(std::chrono::hours(24 * 90));
    sign_in(at_home, "mei");
    const auto later = at_home.get(page);
    EXPECT_EQ(count_of(later.body, "New recovery codes made"), 0U);
    EXPECT_EQ(at_home.get(page + "?before=abc").status, 200);
    EXPECT_EQ(at_home.get(page + "?before=-5").status, 200);
}

} // namespace
