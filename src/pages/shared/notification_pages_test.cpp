#include "notifications/notification.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class NotificationPages : public testing::Test
{
  protected:
    NotificationPages() : id(site.submit(site.cast.mei, "Boiler"))
    {
        mei.sign_in_as(site.cast.mei);
        omar.sign_in_as(site.cast.omar);
    }

    void reply()
    {
        site.database->write([&](db::Transaction& tx) {
            notifications::notify_customer(tx, site.act(site.cast.ravi), {id, notifications::Kind::Replied});
        });
    }
    /// Replies on so many other service requests, so that each is a notification of its own.
    void reply_on(int others)
    {
        for (int i = 0; i < others; ++i) {
            const auto other = site.submit(site.cast.mei, "Boiler " + std::to_string(i));
            site.clock.advance(std::chrono::seconds(1));
            site.database->write([&](db::Transaction& tx) {
                notifications::notify_customer(tx, site.act(site.cast.ravi), {other, notifications::Kind::Replied});
            });
        }
    }
    std::string now() { return std::to_string(base::to_millis(site.clock.now())); }
    std::int64_t unread()
    {
        return site.database.number("SELECT count(*) FROM service_notification WHERE is_read = 0");
    }

    support::TestSite site;
    ServiceRequestId id;
    std::string page = "/service/" + std::to_string(id.value) + "/";
    Client mei{site};
    Client omar{site};
};

TEST_F(NotificationPages, TheListShowsOnesOwn)
{
    EXPECT_THAT(mei.get("/notifications/").body, HasSubstr("Nothing new"));
    reply();
    EXPECT_THAT(mei.get("/notifications/").body, AllOf(HasSubstr("Today"), HasSubstr("href=\"" + page + "\"")));
    EXPECT_THAT(omar.get("/notifications/").body, HasSubstr("Nothing new"));
    EXPECT_THAT(Client(site).get("/notifications/").location(), HasSubstr("/accounts/login/"));
    site.clock.advance(std::chrono::hours(8));
    EXPECT_THAT(Client(site).sign_in_as(site.cast.mei).get("/notifications/").body, HasSubstr("Earlier"));
}

TEST_F(NotificationPages, ACustomerReadsTheWordsFirstAndTheReferenceBelow)
{
    reply();
    EXPECT_THAT(mei.get("/notifications/").body,
        AllOf(HasSubstr("Ravi Patel answered “Boiler”</a>"), HasSubstr("SR-00001"), Not(HasSubstr("replied on"))));
}

TEST_F(NotificationPages, LookingNeverMarksAnything)
{
    reply();
    mei.get("/notifications/");
    mei.get(page);
    EXPECT_EQ(mei.get(page + "read/").location(), page);
    EXPECT_EQ(mei.get("/notifications/read/").location(), "/notifications/");
    EXPECT_EQ(unread(), 1);
}

TEST_F(NotificationPages, ThePageOfTheServiceRequestSaysWhatItShowed)
{
    reply();
    reply_on(1);
    EXPECT_THAT(mei.get(page).body, AllOf(HasSubstr("action=\"" + page + "read/\" data-read>"),
                                        HasSubstr("Mark as read"), HasSubstr("name=\"until\"")));
    EXPECT_EQ(mei.post(page + "read/", {{"until", now()}}).location(), page);
    EXPECT_EQ(unread(), 1);
    EXPECT_EQ(mei.post(page + "read/", {{"until", now()}}).status, 303) << "twice is fine";
    EXPECT_THAT(mei.get(page).body, HasSubstr("data-read hidden>"));
    EXPECT_EQ(mei.post(page + "read/", {}).status, 400);
}

TEST_F(NotificationPages, AReplyThatArrivedAfterThePageWasDrawnStaysUnread)
{
    reply();
    const std::string drawn = now();
    site.clock.advance(std::chrono::seconds(1));
    reply();
    mei.post(page + "read/", {{"until", drawn}});
    EXPECT_EQ(unread(), 1);
    mei.post(page + "read/", {{"until", now()}});
    EXPECT_EQ(unread(), 0);
}

TEST_F(NotificationPages, AScriptGetsTheCountOfWhatIsLeft)
{
    reply();
    reply_on(2);
    mei.set_header("accept", "text/html; fragment");
    const auto answer = mei.post(page + "read/", {{"until", now()}});
    EXPECT_EQ(answer.status, 200);
    EXPECT_THAT(answer.body, AllOf(StartsWith("<span data-unread"), HasSubstr(">, 2 unread<")));
}

TEST_F(NotificationPages, StaffAreLedToTheirSide)
{
    site.database->write([&](db::Transaction& tx) {
        notifications::notify_staff_and_customer(tx, site.act({}), {id, notifications::Kind::LeakReported});
    });
    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    const std::string desk = "/admin/requests/" + std::to_string(id.value) + "/";
    EXPECT_THAT(ravi.get("/notifications/").body, HasSubstr("href=\"" + desk + "\""));
    EXPECT_EQ(ravi.post(desk + "read/", {{"until", now()}}).location(), desk);
    EXPECT_THAT(ravi.get("/notifications/").body, Not(HasSubstr("is-unread")));
}

TEST_F(NotificationPages, AGasLeakNamesTheStreetAndWhoCannotLeave)
{
    Client(site).post("/emergency/", {{"address", "9 Quarry Road"}, {"unable_to_leave", "yes"}});
    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    EXPECT_THAT(ravi.get("/notifications/").body,
        AllOf(HasSubstr("A gas leak was reported"), HasSubstr("<b class=\"rows__hot\">Person can’t leave</b>"),
            HasSubstr("<b dir=\"auto\">9 Quarry Road</b>"), HasSubstr("tile--danger")));
    reply();
    EXPECT_THAT(mei.get("/notifications/").body, Not(HasSubstr("tile--danger")));
}

TEST_F(NotificationPages, OmarCannotReadMeis)
{
    reply();
    EXPECT_EQ(omar.post(page + "read/", {{"until", now()}}).status, 404);
    EXPECT_EQ(omar.post("/service/99/read/", {{"until", now()}}).status, 404);
    EXPECT_EQ(omar.post("/notifications/read/", {{"newest", now() + ".1"}}).status, 303);
    EXPECT_EQ(Client(site).post(page + "read/", {{"until", now()}}).status, 403);
    EXPECT_EQ(mei.post_without_token(page + "read/", {{"until", now()}}).status, 403);
    EXPECT_EQ(unread(), 1);
}

TEST_F(NotificationPages, SeveralOfOneKindPersonAndRequestAreOneWithItsNumber)
{
    reply();
    site.clock.advance(std::chrono::minutes(5));
    reply();
    reply();
    const auto list = mei.get("/notifications/").body;
    EXPECT_THAT(list, AllOf(HasSubstr("Ravi Patel answered “Boiler” (3 times)"), HasSubstr(">, 1 unread<")));
    EXPECT_THAT(mei.get("/").body, HasSubstr("Ravi Patel answered “Boiler” (3 times)"));
    EXPECT_EQ(unread(), 1);
}

TEST_F(NotificationPages, TheySayWhichRequestAndTheFirstWordsOfTheComment)
{
    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    const std::string desk = "/admin/requests/" + std::to_string(id.value) + "/comments/";
    ravi.post(desk, {{"text", "When does\n  <b>Monday</b> suit you?"}, {"visibility", "public"}, {"submission", "a"}});
    ravi.post(desk, {{"text", "She always asks"}, {"visibility", "internal"}, {"submission", "b"}});
    for (const char* path : {"/notifications/", "/"})
        EXPECT_THAT(mei.get(path).body,
            AllOf(HasSubstr("answered “Boiler”"), HasSubstr("“When does &lt;b&gt;Monday&lt;/b&gt; suit you?”"),
                Not(HasSubstr("She always asks"))))
            << path;

    ravi.post(desk, {{"text", std::string(3000, 'x')}, {"visibility", "public"}, {"submission", "c"}});
    EXPECT_THAT(mei.get("/notifications/").body,
        AllOf(HasSubstr("“" + std::string(139, 'x') + "…”"), Not(HasSubstr("Monday"))));
}

TEST_F(NotificationPages, AllReadMeansThoseThatWereShown)
{
    reply();
    reply_on(1);
    const std::string shown = now() + ".2";
    EXPECT_THAT(mei.get("/notifications/").body, HasSubstr("name=\"newest\" value=\"" + shown + "\""));
    site.clock.advance(std::chrono::seconds(1));
    reply();
    EXPECT_EQ(mei.post("/notifications/read/", {{"newest", shown}}).location(), "/notifications/");
    EXPECT_EQ(unread(), 1) << "renewed after it was shown";
    EXPECT_THAT(mei.get("/notifications/").body, HasSubstr("All notifications are marked as read."));
    EXPECT_EQ(mei.post("/notifications/read/", {}).status, 400);
    for (const char* unknown : {"all", "7", "7.", ".7", "-7.1"})
        EXPECT_EQ(mei.post("/notifications/read/", {{"newest", unknown}}).status, 400) << unknown;
    EXPECT_EQ(unread(), 1);
}

TEST_F(NotificationPages, TheCountStopsAtWhatTheBadgeCanSay)
{
    reply_on(99);
    EXPECT_THAT(mei.get("/service/").body, HasSubstr(", 99 unread"));
    reply_on(2);
    EXPECT_THAT(mei.get("/service/").body, AllOf(HasSubstr(">99+<"), HasSubstr(", more than 99 unread")));
    const std::vector<UserId> users{site.cast.omar.user_id, site.cast.mei.user_id};
    auto counts = notifications::count_unread(*site.database->read(), users);
    EXPECT_EQ(counts[site.cast.mei.user_id].count, 100);
    EXPECT_EQ(counts[site.cast.omar.user_id], notifications::Unread());
}

TEST_F(NotificationPages, OlderOnesAreOnTheNextPage)
{
    reply();
    reply_on(1);
    const std::string second = now() + ".2";
    reply_on(24);
    const auto first = mei.get("/notifications/").body;
    EXPECT_THAT(first, AllOf(HasSubstr("id=\"n26\""), HasSubstr("id=\"n2\""), Not(HasSubstr("id=\"n1\"")),
                           HasSubstr("/notifications/?before=" + second)));
    const auto next = mei.get("/notifications/?before=" + second).body;
    EXPECT_THAT(next, AllOf(HasSubstr("id=\"n1\""), Not(HasSubstr("id=\"n2\""))));
    for (const char* unknown : {"x", "2", "2.x"})
        EXPECT_EQ(mei.get("/notifications/?before=" + std::string(unknown)).status, 400) << unknown;
}

} // namespace
