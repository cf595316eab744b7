#include "support/test_site.hpp"

#include "actions/change_status.hpp"
#include "actions/write_comment.hpp"
#include "comments/comment.hpp"
#include "events/event.hpp"
#include "live/customer_pieces.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using service_requests::Status;
using support::Client;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class ServiceRequestPages : public testing::Test
{
  protected:
    ServiceRequestPages()
    {
        mei.sign_in_as(site.cast.mei);
        omar.sign_in_as(site.cast.omar);
    }

    static std::string url(ServiceRequestId id) { return "/service/" + std::to_string(id.value) + "/"; }
    CommentId comment(const base::Visitor& by, ServiceRequestId id, std::string text,
        base::Visibility visibility = base::Visibility::Public)
    {
        return site.database->write([&](db::Transaction& tx) {
            return actions::write_comment(
                tx, site.act(by), {.service_request = id, .text = std::move(text), .visibility = visibility});
        });
    }
    std::int64_t version(ServiceRequestId id)
    {
        return service_requests::get_service_request(*site.database->read(), site.cast.ravi, id).version;
    }
    void resolve(ServiceRequestId id)
    {
        const auto now = version(id);
        site.database->write([&](db::Transaction& tx) {
            actions::change_status(tx, site.act(site.cast.ravi),
                {.service_request = id,
                    .status = Status::Resolved,
                    .version = now,
                    .end = actions::EmergencyEnd{.reason = "Repaired"}});
        });
    }
    events::Event last_event() { return events::list_events_after(*site.database->read(), {}, 1000).back(); }

    support::TestSite site;
    Client mei{site};
    Client omar{site};
};

TEST_F(ServiceRequestPages, ShowsWhatWasAskedAndAnsweredWithExactTimes)
{
    const auto id = site.submit(site.cast.mei, "Pilot light goes out. It began on Saturday.");
    comment(site.cast.ravi, id, "We come tomorrow");

    const auto page = mei.get(url(id));

    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body,
        AllOf(HasSubstr("SR-00001"), HasSubstr("It began on Saturday."), HasSubstr("We come tomorrow"),
            HasSubstr("Ravi Patel"), HasSubstr("12 Elm Street"), HasSubstr("datetime=\"2026-11-16T21:31:00Z\""),
            HasSubstr("4:31 PM EST"), HasSubstr("data-live=\"unread request:1\" data-live-after="),
            HasSubstr("data-slot=\"timeline\"")));
}

TEST_F(ServiceRequestPages, InternalNotesNeverReachTheCustomer)
{
    const auto id = site.submit(site.cast.mei, "Boiler");
    comment(site.cast.ravi, id, "Crew is late", base::Visibility::Internal);

    EXPECT_THAT(mei.get(url(id)).body, Not(HasSubstr("Crew is late")));
    const auto request = service_requests::get_service_request(*site.database->read(), site.cast.mei, id);
    EXPECT_TRUE(live::customer_messages(
        {site.site(), *site.database->read(), site.english()}, request, last_event(), site.cast.mei)
                    .empty());
}

TEST_F(ServiceRequestPages, OmarGuestsAndStrangersSeeNothing)
{
    const auto id = site.submit(site.cast.mei, "Boiler");
    EXPECT_EQ(omar.get(url(id)).status, 404);
    EXPECT_EQ(omar.post(url(id) + "reopen/", {{"version", "1"}}).status, 404);
    EXPECT_EQ(Client(site).get(url(id)).status, 303);
    EXPECT_EQ(mei.get("/service/999/").status, 404);
    EXPECT_EQ(mei.get("/service/zero/").status, 404);
}

TEST_F(ServiceRequestPages, StaffAreSentToTheirSide)
{
    const auto id = site.submit(site.cast.mei, "Boiler");
    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    const std::string desk = "/admin/requests/" + std::to_string(id.value) + "/";
    EXPECT_EQ(ravi.get(url(id)).location(), desk);
    EXPECT_EQ(ravi.get(url(id) + "received/").location(), desk);
}

TEST_F(ServiceRequestPages, MeiReopensWithAReason)
{
    const auto id = site.submit(site.cast.mei, "Boiler");
    comment(site.cast.ravi, id, "Done");
    resolve(id);
    EXPECT_THAT(mei.get(url(id)).body, HasSubstr("Still not fixed?"));

    const auto answer = mei.post(
        url(id) + "reopen/", {{"version", std::to_string(version(id))}, {"text", "Cold again"}, {"submission", "k"}});

    EXPECT_THAT(answer.location(), StartsWith(url(id) + "#c"));
    const auto page = mei.get(url(id));
    EXPECT_THAT(page.body,
        AllOf(HasSubstr("Cold again"), HasSubstr("Your request is open again."), Not(HasSubstr("Still not fixed?"))));
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_servicerequest WHERE status = 'Pending'"), 1);
    EXPECT_GE(site.database.number("SELECT count(*) FROM service_notification"), 1);
}

TEST_F(ServiceRequestPages, AGasLeakThatMeiReopensIsToldToEveryStaffMemberOnce)
{
    const auto id = site.submit(site.cast.mei, "Smell of gas", "gas-leak");
    resolve(id);
    site.database->write([](db::Transaction& tx) { tx.apply("DELETE FROM service_notification"); });

    const Client::Fields form = {{"version", std::to_string(version(id))}, {"submission", "AAAAAAAAAAAAAAAAAAAAAA"}};
    EXPECT_EQ(mei.post("/service/1/reopen/", form).status, 303);
    EXPECT_EQ(mei.post("/service/1/reopen/", form).status, 303);

    // Ravi took part: he hears of it once, not also as a participant.
    EXPECT_THAT(site.notifications(), ElementsAre("ada: The gas leak SR-00001 was reopened by Mei Chen",
                                          "ravi: The gas leak SR-00001 was reopened by Mei Chen",
                                          "sofia: The gas leak SR-00001 was reopened by Mei Chen"));
}

TEST_F(ServiceRequestPages, AnythingElseThatMeiReopensIsToldToWhoTookPart)
{
    const auto id = site.submit(site.cast.mei, "Boiler is cold");
    resolve(id);
    site.database->write([](db::Transaction& tx) { tx.apply("DELETE FROM service_notification"); });

    mei.post("/service/1/reopen/", {{"version", std::to_string(version(id))}});

    EXPECT_THAT(site.notifications(), ElementsAre("ravi: SR-00001 was reopened by Mei Chen"));
}

TEST_F(ServiceRequestPages, ReopeningTwiceSaysTheReasonOnce)
{
    const auto id = site.submit(site.cast.mei, "Boiler");
    resolve(id);
    const Client::Fields form = {{"version", std::to_string(version(id))}, {"text", "Cold again"}, {"submission", "k"}};
    mei.post(url(id) + "reopen/", form);
    EXPECT_EQ(mei.post(url(id) + "reopen/", form).status, 303);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_comment"), 1);
}

TEST_F(ServiceRequestPages, ReopeningWithoutWordsFromAStalePageIs409AndChangesNothing)
{
    const auto id = site.submit(site.cast.mei, "Boiler");
    resolve(id);
    EXPECT_EQ(mei.post(url(id) + "reopen/", {{"version", "1"}}).status, 409);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_servicerequest WHERE status = 'Resolved'"), 1);
}

TEST_F(ServiceRequestPages, OverlongReasonIs422WithTheTextKept)
{
    const auto id = site.submit(site.cast.mei, "Boiler");
    resolve(id);
    const std::string essay(5001, 'x');
    const auto page = mei.post(url(id) + "reopen/", {{"version", std::to_string(version(id))}, {"text", essay}});
    EXPECT_EQ(page.status, 422);
    EXPECT_THAT(page.body, HasSubstr(essay));
    EXPECT_EQ(mei.post(url(id) + "reopen/", {{"version", "soon"}}).status, 400);
}

TEST_F(ServiceRequestPages, ListShowsOnlyOnesOwnNewestFirst)
{
    site.submit(site.cast.mei, "First one");
    site.submit(site.cast.mei, "Second one");
    site.submit(site.cast.omar, "Not hers");

    const auto page = mei.get("/service/");

    EXPECT_LT(page.body.find("Second one"), page.body.find("First one"));
    EXPECT_THAT(page.body, Not(HasSubstr("Not hers")));
    EXPECT_THAT(omar.get("/service/?status=Resolved").body, HasSubstr("None of your requests match this filter."));
}

TEST_F(ServiceRequestPages, ListFiltersByStatusAndType)
{
    const auto done = site.submit(site.cast.mei, "Done one", "billing");
    site.submit(site.cast.mei, "Open one", "maintenance");
    resolve(done);

    EXPECT_THAT(mei.get("/service/?status=Resolved").body, AllOf(HasSubstr("Done one"), Not(HasSubstr("Open one"))));
    EXPECT_THAT(mei.get("/service/?status=Pending").body, AllOf(HasSubstr("Open one"), Not(HasSubstr("Done one"))));
    EXPECT_THAT(mei.get("/service/?type=billing").body, AllOf(HasSubstr("Done one"), Not(HasSubstr("Open one"))));
}

TEST_F(ServiceRequestPages, ListPagesByKeyInBothDirections)
{
    for (int i = 1; i <= 60; ++i)
        site.submit(site.cast.mei, "Number " + std::to_string(i) + " of many");

    const auto first = mei.get("/service/");
    EXPECT_THAT(first.body, AllOf(HasSubstr("Number 60 of"), HasSubstr("Number 36 of"), Not(HasSubstr("Number 35 of")),
                                HasSubstr("/service/?before=36"), Not(HasSubstr("rel=\"prev\""))));
    const auto second = mei.get("/service/?before=36");
    EXPECT_THAT(second.body, AllOf(HasSubstr("Number 35 of"), HasSubstr("Number 11 of"), Not(HasSubstr("Number 10 of")),
                                 HasSubstr("/service/?before=11"), HasSubstr("/service/?after=35")));
    const auto last = mei.get("/service/?before=11");
    EXPECT_THAT(last.body, AllOf(HasSubstr("Number 1 of"), Not(HasSubstr("rel=\"next\""))));
    const auto back = mei.get("/service/?after=35");
    EXPECT_THAT(
        back.body, AllOf(HasSubstr("Number 60 of"), Not(HasSubstr("Number 35 of")), Not(HasSubstr("rel=\"prev\""))));
}

TEST_F(ServiceRequestPages, ListRefusesWhatNoLinkOfOursProduces)
{
    for (const auto* query : {"status=Closed", "status=pending", "type=rocket", "before=x", "before=-1", "after=0",
             "after=1e9", "before=99999999999999999999", "before=5&after=5"})
        EXPECT_EQ(mei.get(std::string("/service/?") + query).status, 400) << query;
}

TEST_F(ServiceRequestPages, LivePiecesOfAnAnswerAreTheEntryAndTheState)
{
    const auto id = site.submit(site.cast.mei, "Boiler");
    const auto answer = comment(site.cast.ravi, id, "On <our> way");
    const auto request = service_requests::get_service_request(*site.database->read(), site.cast.mei, id);

    const auto messages = live::customer_messages(
        {site.site(), *site.database->read(), site.english()}, request, last_event(), site.cast.mei);

    ASSERT_EQ(messages.size(), 3U);
    EXPECT_THAT(messages[0].data,
        AllOf(HasSubstr("\"slot\":\"timeline\""), HasSubstr("\"say\":\"Ravi Patel replied\""),
            HasSubstr("id=\\\"c" + std::to_string(answer.value) + "\\\""), HasSubstr("On &lt;our&gt; way")));
    EXPECT_THAT(messages[1].data, HasSubstr("\"slot\":\"state\""));
    EXPECT_THAT(messages[2].data, AllOf(HasSubstr("\"slot\":\"next\""), HasSubstr("You read our answer")));
}

TEST_F(ServiceRequestPages, LivePiecesOfAResolutionTurnTheBoxIntoOneThatReopens)
{
    const auto id = site.submit(site.cast.mei, "Boiler");
    resolve(id);
    const auto request = service_requests::get_service_request(*site.database->read(), site.cast.mei, id);

    const auto messages = live::customer_messages(
        {site.site(), *site.database->read(), site.english()}, request, last_event(), site.cast.mei);

    ASSERT_EQ(messages.size(), 5U);
    EXPECT_THAT(messages[0].data, HasSubstr("Your request is resolved"));
    EXPECT_THAT(messages[1].data, AllOf(HasSubstr("\"slot\":\"state\""), HasSubstr("href=\\\"#text\\\"")));
    EXPECT_THAT(messages[2].data, AllOf(HasSubstr("\"slot\":\"next\""), Not(HasSubstr("A person reads it"))));
    EXPECT_THAT(messages[3].data, AllOf(HasSubstr("\"slot\":\"comment-head\""), HasSubstr("Still not fixed?")));
    EXPECT_THAT(messages[4].data, AllOf(HasSubstr("\"slot\":\"comment-buttons\""), HasSubstr("Send and reopen")));
}

TEST_F(ServiceRequestPages, StepsGoOnAfterAnAnswerAndAfterReopeningWithAPromise)
{
    const auto id = site.submit(site.cast.mei, "Boiler", "billing");
    EXPECT_THAT(
        mei.get(url(id)).body, AllOf(HasSubstr("A person reads it"), HasSubstr("We’ll answer by tomorrow, 8:31 AM")));
    site.clock.advance(std::chrono::hours(1));
    comment(site.cast.ravi, id, "Paid");
    EXPECT_THAT(mei.get(url(id)).body, AllOf(HasSubstr("You read our answer"), Not(HasSubstr("A person reads it")),
                                           Not(HasSubstr("We’ll answer by"))));
    resolve(id);
    EXPECT_THAT(mei.get(url(id)).body, Not(HasSubstr("What happens next")));
    site.clock.advance(std::chrono::hours(1));
    mei.post(url(id) + "comments/", {{"text", "It is not"}, {"submission", "k"}});
    EXPECT_THAT(mei.get(url(id)).body,
        AllOf(HasSubstr("A person looks at it again"), HasSubstr("We’ll answer by tomorrow, 10:31 AM"),
            HasSubstr("Answered again"), Not(HasSubstr("You read our answer"))));
    site.clock.advance(std::chrono::hours(1));
    comment(site.cast.ravi, id, "Now it is");
    EXPECT_THAT(mei.get(url(id)).body, AllOf(HasSubstr("You read our answer"), Not(HasSubstr("Answered again"))));
}

TEST_F(ServiceRequestPages, APromiseThatIsOverIsNotMadeAgain)
{
    const auto id = site.submit(site.cast.mei, "Boiler", "billing");
    EXPECT_THAT(mei.get(url(id) + "received/").body, HasSubstr("We’ll answer by"));
    site.clock.advance(std::chrono::hours(17));
    for (const auto* const page : {"", "received/"})
        EXPECT_THAT(Client(site).sign_in_as(site.cast.mei).get(url(id) + page).body, Not(HasSubstr("We’ll answer by")))
            << page;
}

TEST_F(ServiceRequestPages, TheLeaksCallTo911GoesWhenItIsResolvedLive)
{
    const auto sent = mei.post(
        "/service/create/", {{"request_type", "gas-leak"}, {"description", "It smells"}, {"unable_to_leave", "yes"}});
    const ServiceRequestId id{1};
    EXPECT_THAT(mei.get(url(id)).body, HasSubstr("Call 911 now</h2>"));
    resolve(id);
    const auto request = service_requests::get_service_request(*site.database->read(), site.cast.mei, id);
    const auto messages = live::customer_messages(
        {site.site(), *site.database->read(), site.english()}, request, last_event(), site.cast.mei);
    EXPECT_THAT(messages, testing::Contains(testing::Field(
                              &live::Message::data, AllOf(HasSubstr("\"slot\":\"urgent\""), Not(HasSubstr("911"))))));
    for (const auto& message : messages)
        EXPECT_THAT(message.data, Not(HasSubstr("Stay outside until")));
}

TEST_F(ServiceRequestPages, TheListNamesItsFilterAndCountsWithinTheType)
{
    for (const auto* const text : {"One", "Two"})
        resolve(site.submit(site.cast.mei, text, "billing"));
    site.submit(site.cast.mei, "Three", "maintenance");
    EXPECT_THAT(mei.get("/service/?status=Resolved&type=billing").body,
        AllOf(HasSubstr("<title>Billing: 2 resolved requests"), HasSubstr("<h1>Billing: 2 resolved requests</h1>")));
    EXPECT_THAT(mei.get("/service/?status=Pending&type=billing").body,
        AllOf(HasSubstr("<h1>Billing: 0 open requests</h1>"), HasSubstr("Nothing here")));
    EXPECT_THAT(mei.get("/service/?status=Pending").body, HasSubstr("<h1>1 open request</h1>"));
    EXPECT_THAT(mei.get("/service/").body, HasSubstr("<h1>Your requests</h1>"));
}

TEST_F(ServiceRequestPages, ARowNamesWhoseAnswerIsUnread)
{
    const auto id = site.submit(site.cast.mei, "Boiler");
    comment(site.cast.ravi, id, "On our way");
    EXPECT_THAT(mei.get("/service/").body, AllOf(HasSubstr("New answer from Ravi"), Not(HasSubstr("1 comment"))));
    mei.post(url(id) + "read/", {{"until", std::to_string(base::to_millis(site.clock.now()))}});
    EXPECT_THAT(mei.get("/service/").body, AllOf(HasSubstr("1 comment"), Not(HasSubstr("New answer"))));
}

TEST_F(ServiceRequestPages, LeaksWithoutWordsHaveLinksThatDiffer)
{
    for (const auto* const address : {"1 Elm", "2 Elm"})
        mei.post_without_token("/emergency/", {{"address", address}});
    EXPECT_THAT(mei.get("/service/").body, AllOf(HasSubstr("Gas Leak<span class=\"vh\"> SR-00001</span></a>"),
                                               HasSubstr("Gas Leak<span class=\"vh\"> SR-00002</span></a>")));
}

TEST_F(ServiceRequestPages, HomeShowsWhatWasResolvedInTheLast30Days)
{
    resolve(site.submit(site.cast.mei, "Long ago"));
    EXPECT_THAT(mei.get("/").body, HasSubstr("Long ago"));
    site.clock.advance(std::chrono::days(31));
    EXPECT_THAT(Client(site).sign_in_as(site.cast.mei).get("/").body, Not(HasSubstr("Recently resolved")));
}

TEST_F(ServiceRequestPages, ReadingAPageWritesNothing)
{
    const auto id = site.submit(site.cast.mei, "Boiler");
    const auto before = site.database.number("SELECT max(id) FROM service_event");
    mei.get(url(id));
    EXPECT_EQ(site.database.number("SELECT max(id) FROM service_event"), before);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_notification WHERE is_read = 1"), 0);
}

} // namespace
