#include "live/staff_pieces.hpp"

#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class StaffPieces : public testing::Test
{
  protected:
    StaffPieces() : id(site.submit(site.cast.mei, "Boiler is cold"))
    {
        mei.sign_in_as(site.cast.mei);
        ravi.sign_in_as(site.cast.ravi);
    }

    service_requests::ServiceRequest request()
    {
        return service_requests::get_service_request_for_staff(*site.database->read(), id);
    }
    events::Event last_event() { return events::list_events_after(*site.database->read(), {}, 1000).back(); }
    /// What the last event sends to the open page of the service request.
    std::string page()
    {
        std::string all;
        const auto lease = site.database->read();
        for (const auto& message :
            live::request_messages({site.site(), *lease, site.english()}, request(), last_event()))
            all += message.data;
        return all;
    }
    /// The row that the last event sends to the list of open ones; empty for none.
    std::string row()
    {
        const auto lease = site.database->read();
        const auto message =
            live::queue_message({site.site(), *lease, site.english()}, request(), last_event(), "?status=Pending");
        return message ? message->data : "";
    }

    support::TestSite site;
    ServiceRequestId id;
    Client mei{site};
    Client ravi{site};
};

TEST_F(StaffPieces, TheButtonsOfAnOpenPageFollowTheStatus)
{
    ravi.post("/admin/requests/1/status/", {{"status", "Resolved"}, {"version", "1"}});
    EXPECT_THAT(page(), AllOf(HasSubstr("\"slot\":\"send-buttons\""), HasSubstr("Send and reopen"),
                            HasSubstr("\"slot\":\"status-button\""), HasSubstr("Reopen"),
                            HasSubstr("name=\\\"version\\\" value=\\\"2\\\""), Not(HasSubstr("csrf"))));

    mei.post("/service/1/comments/", {{"text", "Cold again"}});
    EXPECT_THAT(page(), AllOf(HasSubstr("Send and resolve"), HasSubstr("Mark as resolved"),
                            HasSubstr("name=\\\"version\\\" value=\\\"3\\\"")));
}

TEST_F(StaffPieces, AnOpenQuestionHearsWhoChangedTheStatus)
{
    ravi.post("/admin/requests/1/status/", {{"status", "Resolved"}, {"version", "1"}});
    EXPECT_THAT(page(), AllOf(HasSubstr("Ravi Patel resolved this request (today, 4:31 PM)"),
                            HasSubstr("You resolved this request in another tab (today, 4:31 PM)")));
    mei.post("/service/1/comments/", {{"text", "Cold again"}});
    EXPECT_THAT(page(), HasSubstr("Mei Chen reopened this request (today, 4:31 PM)"));
}

TEST_F(StaffPieces, AnOpenPageHasSeenWhatTheCustomerWritesMeanwhile)
{
    mei.post("/service/1/comments/", {{"text", "Still cold"}});
    EXPECT_THAT(
        page(), AllOf(HasSubstr("name=\\\"seen\\\" value=\\\"1\\\""), HasSubstr("\"slot\":\"unseen\""),
                    HasSubstr("Mei Chen wrote after you opened this page (today, 4:31 PM)"), HasSubstr("Still cold")));
    ravi.post("/admin/requests/1/comments/", {{"text", "A reply"}, {"visibility", "public"}});
    EXPECT_THAT(page(), AllOf(Not(HasSubstr("\"slot\":\"seen\"")), Not(HasSubstr("\"slot\":\"unseen\"")),
                            HasSubstr("name=\\\"answered\\\" value=\\\"2\\\"")));
}

TEST_F(StaffPieces, OnlyWhatTheCustomerWritesIsNewsToTheStaff)
{
    const std::string until = "\"until\":\"" + std::to_string(base::to_millis(site.clock.now())) + "\"";
    ravi.post("/admin/requests/1/comments/", {{"text", "A note"}, {"visibility", "internal"}});
    EXPECT_THAT(page(), HasSubstr("\"until\":\"\""));
    mei.post("/service/1/comments/", {{"text", "Still cold"}});
    EXPECT_THAT(page(), HasSubstr(until));
}

TEST_F(StaffPieces, ARowSaysThatTheCustomerRepliedUntilSomebodyReadsIt)
{
    mei.post("/service/1/comments/", {{"text", "Still cold"}});
    EXPECT_THAT(row(), HasSubstr("Customer replied just now"));

    ravi.post("/admin/requests/1/read/", {{"until", "9999999999999"}});
    EXPECT_THAT(row(), AllOf(HasSubstr("Boiler is cold"), Not(HasSubstr("Customer replied"))));
    EXPECT_THAT(page(), HasSubstr("read what the customer wrote"));
    EXPECT_THAT(page(), Not(HasSubstr("\"slot\":\"timeline\""))) << "it is no part of the conversation";
}

} // namespace
