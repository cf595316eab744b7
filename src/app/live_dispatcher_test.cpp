#include "app/live_dispatcher.hpp"
#include "app/live_pages.hpp"
#include "base/text.hpp"
#include "events/position.hpp"
#include "support/fake_sink.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class LivePages : public testing::Test
{
  protected:
    LivePages() : id(site.submit(site.cast.mei, "Boiler")), dispatcher(site.services())
    {
        site.database->on_commit([this] { site.services().live.wake(); });
        mei.sign_in_as(site.cast.mei);
        omar.sign_in_as(site.cast.omar);
        ravi.sign_in_as(site.cast.ravi);
        sofia.sign_in_as(site.cast.sofia);
    }
    ~LivePages() override { site.database->on_commit({}); }

    std::shared_ptr<support::FakeSink> open(Client& browser, std::string_view query)
    {
        http::Response response = browser.ask(http::Method::Get, "/events/" + std::string(query));
        EXPECT_EQ(response.content_type, "text/event-stream");
        EXPECT_FALSE(response.compressible);
        auto sink = std::make_shared<support::FakeSink>();
        std::get<http::EventStreamBody>(response.body).opened(sink);
        return sink;
    }
    std::string request_query() const { return "?request=" + std::to_string(id.value); }
    void say(std::string text, std::string visibility = "public")
    {
        EXPECT_EQ(ravi.post("/admin/requests/" + std::to_string(id.value) + "/comments/",
                          {{"text", std::move(text)}, {"visibility", std::move(visibility)}})
                      .status,
            303);
    }
    void set(std::string status, std::string version)
    {
        EXPECT_EQ(ravi.post("/admin/requests/" + std::to_string(id.value) + "/status/",
                          {{"status", std::move(status)}, {"version", std::move(version)}})
                      .status,
            303);
    }
    int status_of(Client& browser, std::string_view query)
    {
        return static_cast<int>(browser.ask(http::Method::Get, "/events/" + std::string(query)).status);
    }

    support::TestSite site;
    ServiceRequestId id;
    app::LiveDispatcher dispatcher;
    Client mei{site};
    Client omar{site};
    Client ravi{site};
    Client sofia{site};
};

TEST_F(LivePages, AReplyReachesMeisPageInItsSlot)
{
    const auto page = open(mei, request_query());
    say("We come <today>");
    const std::string told = page->wait_for("event: count");
    EXPECT_THAT(
        told, AllOf(HasSubstr("event: patch\ndata: {\"slot\":\"timeline\",\"mode\":\"append\""), HasSubstr("today"),
                  Not(HasSubstr("<today>")), HasSubstr("Ravi Patel replied"), HasSubstr("{\"unread\":1}")));
}

TEST_F(LivePages, AnInternalNoteReachesStaffOnly)
{
    const auto hers = open(mei, request_query());
    const auto staffs = open(sofia, request_query());
    say("Difficult customer", "internal");
    say("A reply");
    EXPECT_THAT(
        staffs->wait_for("A reply"), AllOf(HasSubstr("Difficult customer"), HasSubstr("wrote an internal note")));
    EXPECT_THAT(hers->wait_for("A reply"), AllOf(HasSubstr("A reply"), Not(HasSubstr("Difficult"))));
}

TEST_F(LivePages, AStatusChangesThePagesOfBothSides)
{
    const auto hers = open(mei, request_query());
    const auto staffs = open(sofia, request_query());
    set("Resolved", "1");
    EXPECT_THAT(hers->wait_for("\"slot\":\"actions\""),
        AllOf(HasSubstr("\"slot\":\"state\",\"mode\":\"replace\""), HasSubstr("Your request is resolved")));
    EXPECT_THAT(staffs->wait_for("\"slot\":\"history\""),
        AllOf(HasSubstr("\"slot\":\"state\",\"mode\":\"replace\""), HasSubstr("Ravi Patel set it to Resolved")));
}

TEST_F(LivePages, AQueueIsToldWhatFitsItsFilter)
{
    const auto bills = open(ravi, "?queue=%3Ftype%3Dbilling");
    const auto everything = open(sofia, "?queue=");
    site.submit(site.cast.omar, "Meter is loud", "meter-reading");
    site.submit(site.cast.omar, "Bill is wrong", "billing");
    EXPECT_THAT(everything->wait_for("Bill is wrong"), HasSubstr("Meter is loud"));
    EXPECT_THAT(bills->wait_for("Bill is wrong"),
        AllOf(HasSubstr("event: row\ndata: {\"slot\":\"rows\",\"mode\":\"insert\""),
            HasSubstr("New request: Bill is wrong"), Not(HasSubstr("Meter is loud"))));
}

TEST_F(LivePages, AnEmergencyReachesEveryQueue)
{
    const auto bills = open(ravi, "?queue=%3Ftype%3Dbilling");
    site.submit(site.cast.omar, "Smell of gas", "gas-leak");
    EXPECT_THAT(bills->wait_for("event: emergency"), HasSubstr("Emergency: Smell of gas, 14 Elm Street"));
}

TEST_F(LivePages, EveryPageOfTheStaffIsToldHowManyEmergenciesAreOpen)
{
    const auto hers = open(mei, request_query());
    const auto staffs = open(sofia, request_query());
    const auto queue = open(ravi, "?queue=");
    const auto leak = site.submit(site.cast.omar, "Smell of gas", "gas-leak");
    EXPECT_THAT(staffs->wait_for("{\"open\":1}"), HasSubstr("event: emergencies\ndata: {\"open\":1}"));
    EXPECT_THAT(queue->wait_for("{\"open\":1}"), HasSubstr("event: emergencies\ndata: {\"open\":1}"));
    site.database->write([&](db::Transaction& tx) {
        service_requests::update_status(
            tx, site.cast.ravi, leak, service_requests::Status::Resolved, 1, site.clock.now());
    });
    EXPECT_THAT(staffs->wait_for("{\"open\":0}"), HasSubstr("event: emergencies\ndata: {\"open\":0}"));
    say("Hello");
    EXPECT_THAT(hers->wait_for("Hello"), Not(HasSubstr("event: emergencies")));
}

TEST_F(LivePages, WhatWasMissedIsToldAfterwards)
{
    const std::string before = events::position_now(*site.database->read());
    say("First");
    const std::string seen = events::position_now(*site.database->read());
    say("Second");

    const auto resumed = open(mei, request_query() + "&after=" + before);
    EXPECT_THAT(resumed->wait_for("Second"), HasSubstr("First"));
    mei.set_header("last-event-id", seen);
    const auto reconnected = open(mei, request_query() + "&after=" + before);
    EXPECT_THAT(reconnected->wait_for("Second"), AllOf(HasSubstr("Second"), Not(HasSubstr("First"))));
}

TEST_F(LivePages, WhoMissedTooMuchReloads)
{
    const std::string before = events::position_now(*site.database->read());
    site.database->write([&](db::Transaction& tx) {
        for (int i = 0; i < 1100; ++i)
            events::add_event(
                tx, {.subject = events::Subject::Export, .subject_id = 1, .kind = "exported"}, site.clock.now());
    });
    EXPECT_THAT(open(mei, request_query() + "&after=" + before)->wait_for("event: reload"),
        AllOf(HasSubstr("event: reload"), Not(HasSubstr("event: patch"))));
}

TEST_F(LivePages, APageFromBeforeTheSiteMovedReloads)
{
    for (const char* foreign : {"4000000000000", "4000000000000:4000000000007:4000000000003,4000000000005:1700000000"})
        EXPECT_THAT(
            open(mei, request_query() + "&after=" + foreign)->wait_for("event: reload"), HasSubstr("event: reload"));
}

TEST_F(LivePages, TheLastMessageOfARoundAloneCarriesThePosition)
{
    const auto page = open(mei, request_query());
    set("Resolved", "1");
    const std::string told = page->wait_for("event: count");

    const auto at = told.find("id: ");
    EXPECT_GT(at, told.find("\"slot\":\"state\""));
    EXPECT_EQ(told.find("id: ", at + 1), std::string::npos);
    const std::string position = told.substr(at + 4, told.find('\n', at) - at - 4);
    EXPECT_THAT(told, HasSubstr("\nid: " + position + "\nevent: count"));
    // Not compared with position_now(): on a server that moves on with every transaction, also of others.
    set("Pending", "2");
    EXPECT_THAT(open(mei, request_query() + "&after=" + position)->wait_for("event: count"),
        AllOf(HasSubstr("<b>Reopened</b>"), Not(HasSubstr("<b>Resolved</b>"))));
}

TEST_F(LivePages, AnEndedSessionSaysGoodbye)
{
    const auto page = open(mei, request_query());
    const auto other = open(omar, "");
    mei.post("/accounts/logout/", {});
    EXPECT_TRUE(page->wait_for_end());
    EXPECT_THAT(page->wait_for("signed-out"), HasSubstr("event: signed-out"));
    EXPECT_TRUE(other->is_open());
}

TEST_F(LivePages, AnExpiredSessionLosesItsPage)
{
    const auto page = open(mei, request_query());
    site.clock.advance(std::chrono::hours(13));
    ravi.sign_in_as(site.cast.ravi);
    say("Anybody there?");
    EXPECT_TRUE(page->wait_for_end());
    EXPECT_THAT(page->wait_for("signed-out"), HasSubstr("event: signed-out"));
}

TEST_F(LivePages, NobodyListensToWhatIsNotTheirs)
{
    EXPECT_EQ(status_of(omar, request_query()), 404);
    EXPECT_EQ(status_of(mei, "?queue="), 403);
    Client guest(site);
    EXPECT_EQ(status_of(guest, request_query()), 303);
    EXPECT_EQ(status_of(ravi, "?request=999"), 404);
    EXPECT_EQ(status_of(ravi, "?request=x"), 400);
    for (const char* position : {"x", "-1", "1:2", "1:2:3", "1:2::x", "1:2:3,:4", "1:2:,3:4", "1:2:3:4:5", "1:2:{3}:4"})
        EXPECT_EQ(status_of(ravi, std::string("?after=") + position), 400) << position;
}

TEST_F(LivePages, AFilterThatCannotBeReadIsRefusedBeforeItStopsOthers)
{
    EXPECT_EQ(status_of(ravi, "?queue=%3Fstatus%3DOpen"), 400);
    EXPECT_EQ(status_of(ravi, "?queue=%3Ffrom%3Dnever"), 400);
    const auto page = open(mei, request_query());
    say("Still told");
    EXPECT_THAT(page->wait_for("Still told"), HasSubstr("Still told"));
}

TEST_F(LivePages, TheNinthPageOfASessionClosesTheFirst)
{
    const auto first = open(mei, "");
    std::shared_ptr<support::FakeSink> second = open(mei, "");
    for (int i = 0; i < 7; ++i)
        open(mei, "");
    EXPECT_FALSE(first->is_open());
    EXPECT_TRUE(second->is_open());
}

} // namespace
