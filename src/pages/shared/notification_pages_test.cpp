#include "notifications/notification.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

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
    std::int64_t unread()
    {
        return site.database.number("SELECT count(*) FROM service_notification WHERE is_read = 0");
    }

    support::TestSite site;
    ServiceRequestId id;
    Client mei{site};
    Client omar{site};
};

TEST_F(NotificationPages, TheListShowsOnesOwn)
{
    EXPECT_THAT(mei.get("/notifications/").body, HasSubstr("Nothing new"));
    reply();
    EXPECT_THAT(
        mei.get("/notifications/").body, AllOf(HasSubstr("Today"), HasSubstr("action=\"/notifications/1/read/\"")));
    EXPECT_THAT(omar.get("/notifications/").body, HasSubstr("Nothing new"));
    EXPECT_THAT(Client(site).get("/notifications/").location(), HasSubstr("/accounts/login/"));
    site.clock.advance(std::chrono::hours(8));
    EXPECT_THAT(Client(site).sign_in_as(site.cast.mei).get("/notifications/").body, HasSubstr("Earlier"));
}

TEST_F(NotificationPages, LookingNeverMarksAnything)
{
    reply();
    mei.get("/notifications/");
    EXPECT_EQ(mei.get("/notifications/1/read/").status, 405);
    EXPECT_EQ(mei.get("/notifications/read/").location(), "/notifications/");
    EXPECT_EQ(unread(), 1);
}

TEST_F(NotificationPages, OpeningOneMarksItAndLeadsToItsServiceRequest)
{
    reply();
    reply();
    EXPECT_EQ(mei.post("/notifications/1/read/", {}).location(), "/service/" + std::to_string(id.value) + "/");
    EXPECT_EQ(unread(), 1);
    EXPECT_EQ(mei.post("/notifications/1/read/", {}).status, 303) << "twice is fine";
}

TEST_F(NotificationPages, StaffAreLedToTheirSide)
{
    site.database->write([&](db::Transaction& tx) {
        notifications::notify_staff_and_customer(tx, site.act({}), {id, notifications::Kind::LeakReported});
    });
    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    const auto own =
        site.database.number("SELECT n.id FROM service_notification n JOIN auth_user u ON u.id = n.user_id "
                             "WHERE u.username = 'ravi'");
    EXPECT_EQ(ravi.get("/notifications/").status, 200);
    EXPECT_EQ(ravi.post("/notifications/" + std::to_string(own) + "/read/", {}).location(),
        "/admin/requests/" + std::to_string(id.value) + "/");
}

TEST_F(NotificationPages, OmarCannotOpenMeis)
{
    reply();
    EXPECT_EQ(omar.post("/notifications/1/read/", {}).status, 404);
    EXPECT_EQ(omar.post("/notifications/99/read/", {}).status, 404);
    EXPECT_EQ(omar.post("/notifications/read/", {{"newest", "1"}}).status, 303);
    EXPECT_EQ(Client(site).post("/notifications/1/read/", {}).status, 403);
    EXPECT_EQ(mei.post_without_token("/notifications/1/read/", {}).status, 403);
    EXPECT_EQ(unread(), 1);
}

TEST_F(NotificationPages, AllReadMeansThoseThatWereShown)
{
    reply();
    reply();
    EXPECT_THAT(mei.get("/notifications/").body, HasSubstr("name=\"newest\" value=\"2\""));
    reply();
    EXPECT_EQ(mei.post("/notifications/read/", {{"newest", "2"}}).location(), "/notifications/");
    EXPECT_EQ(unread(), 1);
    EXPECT_THAT(mei.get("/notifications/").body, HasSubstr("All notifications are marked as read."));
    EXPECT_EQ(mei.post("/notifications/read/", {}).status, 400);
    EXPECT_EQ(mei.post("/notifications/read/", {{"newest", "all"}}).status, 400);
    EXPECT_EQ(unread(), 1);
}

TEST_F(NotificationPages, TheCountStopsAtWhatTheBadgeCanSay)
{
    for (int i = 0; i < 99; ++i)
        reply();
    EXPECT_THAT(mei.get("/service/").body, HasSubstr(", 99 unread"));
    reply();
    reply();
    EXPECT_THAT(mei.get("/service/").body, AllOf(HasSubstr(">99+<"), HasSubstr(", more than 99 unread")));
    const std::vector<UserId> users{site.cast.omar.user_id, site.cast.mei.user_id};
    EXPECT_EQ(notifications::count_unread(*site.database->read(), users),
        (std::map<UserId, std::int64_t>{{site.cast.mei.user_id, 100}, {site.cast.omar.user_id, 0}}));
}

TEST_F(NotificationPages, OlderOnesAreOnTheNextPage)
{
    for (int i = 0; i < 26; ++i)
        reply();
    const auto first = mei.get("/notifications/").body;
    EXPECT_THAT(first, AllOf(HasSubstr("id=\"n26\""), HasSubstr("id=\"n2\""), Not(HasSubstr("id=\"n1\"")),
                           HasSubstr("/notifications/?before=2")));
    EXPECT_THAT(mei.get("/notifications/?before=2").body, AllOf(HasSubstr("id=\"n1\""), Not(HasSubstr("id=\"n2\""))));
    EXPECT_EQ(mei.get("/notifications/?before=x").status, 400);
}

} // namespace
