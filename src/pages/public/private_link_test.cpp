// How long the private link of a leak report works, and who ends it.

#include "service_requests/private_link.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class PrivateLinks : public testing::Test
{
  protected:
    PrivateLinks()
    {
        ravi.sign_in_as(site.cast.ravi);
        link = report(guest, 'a');
    }

    static std::string report(Client& by, char letter)
    {
        return by
            .post("/emergency/", {{"submission", std::string(22, letter)}, {"address", "9 Oak Street"},
                                     {"phone", "5185550123"}, {"notes", "It hisses"}, {"place", "inside"}})
            .location();
    }
    support::Answer resolve()
    {
        return ravi.post(desk + "status/", {{"status", "Resolved"}, {"version", "1"}, {"finding", "made_safe"},
                                               {"reason", "The crew closed the valve"}});
    }
    support::Answer withdraw(Client& by, Client::Fields typed = {}) { return by.post(desk + "link/withdraw/", typed); }
    void wait(std::chrono::hours hours)
    {
        site.clock.advance(hours);
        ravi.sign_in_as(site.cast.ravi);
    }

    support::TestSite site;
    Client guest{site};
    Client ravi{site};
    const std::string desk = "/admin/requests/1/";
    std::string link;
};

TEST_F(PrivateLinks, OfAClosedReportSayThatFirstAndKeepTheLastMessageBelow)
{
    ravi.post(desk + "comments/", {{"text", "The crew is on its way."}, {"visibility", "public"}});
    EXPECT_THAT(guest.get(link).body, HasSubstr("New message from us"));
    resolve();
    const std::string page = guest.get(link).body;
    EXPECT_THAT(page, AllOf(Not(HasSubstr("New message from us")), HasSubstr("The crew is on its way.")));
    EXPECT_LT(page.find("This report is closed</h1>"), page.find("The crew is on its way."));
}

TEST_F(PrivateLinks, EndNinetyDaysAfterTheResolutionAndSayWhatToDo)
{
    wait(std::chrono::days(100));
    EXPECT_EQ(guest.get(link).status, 200) << "an open report never ends";
    ASSERT_EQ(resolve().status, 303);
    wait(std::chrono::days(90) - std::chrono::hours(1));
    EXPECT_EQ(guest.get(link).status, 200);
    wait(std::chrono::hours(1));

    const auto page = guest.get(link);

    EXPECT_EQ(page.status, 410);
    EXPECT_EQ(page.header("Cache-Control"), "no-store");
    EXPECT_THAT(page.body, AllOf(HasSubstr("This private link no longer works"),
                               HasSubstr("resolved more than 90 days ago"), HasSubstr("href=\"/emergency/\""),
                               HasSubstr("href=\"tel:"), Not(HasSubstr("9 Oak Street")), Not(HasSubstr("It hisses"))));
    EXPECT_THAT(ravi.get(desk).body, HasSubstr("It ended 90 days after the report was resolved."));

    ravi.post(desk + "status/", {{"status", "Pending"}, {"version", "2"}});
    EXPECT_EQ(guest.get(link).status, 200) << "the report is open again";
}

TEST_F(PrivateLinks, OfTheirOwnReportLeadsCustomersToTheirList)
{
    Client mei(site);
    mei.sign_in_as(site.cast.mei);
    const std::string own = report(mei, 'b');
    withdraw(ravi);
    ravi.post("/admin/requests/2/link/withdraw/", {});

    EXPECT_THAT(mei.get(own).body, HasSubstr("href=\"/service/2/\""));
    EXPECT_THAT(guest.get(own).body, Not(HasSubstr("/service/2/")));
    EXPECT_THAT(mei.get(link).body, Not(HasSubstr("/service/")));
}

TEST_F(PrivateLinks, AreWithdrawnByTheStaffOnceAndForAll)
{
    EXPECT_THAT(ravi.get(desk).body, HasSubstr("Withdraw the link"));

    EXPECT_EQ(withdraw(ravi).location(), desk);

    EXPECT_THAT(ravi.get(desk).body,
        AllOf(HasSubstr("The private link is withdrawn."),
            HasSubstr("Nobody reads this: the private link no longer works."), HasSubstr("withdrew the private link"),
            HasSubstr("nobody can open it any more"), Not(HasSubstr("Withdraw the link"))));
    EXPECT_EQ(guest.get(link).status, 410);
    EXPECT_THAT(guest.get(link).body, AllOf(HasSubstr("We withdrew it"), Not(HasSubstr("9 Oak Street"))));
    withdraw(ravi);
    EXPECT_THAT(ravi.get(desk).body, HasSubstr("There is no private link to withdraw any more."));
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_event WHERE kind = 'link_withdrawn'"), 1);
}

TEST_F(PrivateLinks, AreWithdrawnByNobodyElse)
{
    Client mei(site);
    mei.sign_in_as(site.cast.mei);

    EXPECT_EQ(withdraw(mei).status, 403);
    withdraw(guest);

    EXPECT_EQ(guest.get(link).status, 200);
}

TEST_F(PrivateLinks, AreWithdrawnWithoutLosingWhatIsTyped)
{
    withdraw(ravi, {{"written_for", "1"}, {"text", "I called her"}, {"visibility", "internal"}});

    EXPECT_THAT(ravi.get(desk).body, HasSubstr("I called her"));
}

TEST_F(PrivateLinks, ThatAreWithdrawnHoldNoNewReportBack)
{
    withdraw(ravi);

    const std::string second = report(guest, 'b');

    EXPECT_EQ(guest.get(second).status, 200);
    EXPECT_NE(second, link + "?again=1");
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_servicerequest"), 2);
}

TEST_F(PrivateLinks, ThatAreNoneStayUnknown)
{
    EXPECT_EQ(guest.get("/emergency/report/AAAAAAAAAAAAAAAAAAAAAA/").status, 404);
    const auto id = site.submit(site.cast.mei, "Boiler is cold");
    EXPECT_THAT(ravi.get("/admin/requests/" + std::to_string(id.value) + "/").body, Not(HasSubstr("Private link")));
}

} // namespace
