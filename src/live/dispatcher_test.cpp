#include "actions/change_status.hpp"
#include "actions/submit_request.hpp"
#include "base/text.hpp"
#include "base/url_encoding.hpp"
#include "events/position.hpp"
#include "live/dispatcher.hpp"
#include "request_types/request_type.hpp"
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
    LivePages() : id(site.submit(site.cast.mei, "Boiler")), dispatcher(site.site(), site.services().live, {})
    {
        site.database->on_commit([this] { site.services().live.wake(); });
        mei.sign_in_as(site.cast.mei);
        omar.sign_in_as(site.cast.omar);
        ravi.sign_in_as(site.cast.ravi);
        sofia.sign_in_as(site.cast.sofia);
    }
    ~LivePages() override { site.database->on_commit({}); }

    std::string now() { return events::position_now(*site.database->read()); }
    /// A browser with one page that was drawn now.
    std::shared_ptr<support::FakeSink> open(Client& browser, const std::string& topics)
    {
        return open_pages(browser, {now() + " " + topics});
    }
    std::shared_ptr<support::FakeSink> open_pages(
        Client& browser, const std::vector<std::string>& pages, const std::string& name = "")
    {
        std::string address = "/events/?browser=" + name;
        for (const std::string& page : pages)
            address += "&page=" + base::percent_encode(page);
        http::Response response = browser.ask(http::Method::Get, address);
        EXPECT_EQ(response.content_type, "text/event-stream");
        EXPECT_FALSE(response.compressible);
        auto sink = std::make_shared<support::FakeSink>();
        std::get<http::EventStreamBody>(response.body).opened(sink);
        return sink;
    }
    std::string request() const { return "request:" + std::to_string(id.value); }
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

    support::TestSite site;
    ServiceRequestId id;
    live::Dispatcher dispatcher;
    Client mei{site};
    Client omar{site};
    Client ravi{site};
    Client sofia{site};
};

TEST_F(LivePages, AReplyReachesMeisPageInItsSlot)
{
    const auto page = open(mei, "unread " + request());
    say("We come <today>");
    const std::string received = page->wait_for("\"unread\"");
    EXPECT_THAT(received,
        AllOf(HasSubstr("event: round\ndata: [{\"for\":[0],\"name\":\"patch\",\"data\":{\"slot\":\"timeline\","
                        "\"mode\":\"append\""),
            HasSubstr("today"), Not(HasSubstr("<today>")), HasSubstr("Ravi Patel replied"),
            HasSubstr("\"name\":\"count\",\"data\":{\"unread\":1}")));
}

TEST_F(LivePages, WhatWasReadOnTheOpenPageIsCountedAgainWhenItComesAgain)
{
    const auto page = open(mei, "unread " + request());
    for (int i = 0; i < 2; ++i) {
        say("We come today");
        const std::string until = std::to_string(base::to_millis(site.clock.now()));
        EXPECT_THAT(page->wait_for("\"unread\""),
            AllOf(HasSubstr("\"name\":\"count\",\"data\":{\"unread\":1}"), HasSubstr("\"until\":\"" + until + "\"")))
            << i;
        page->take();
        EXPECT_EQ(mei.post("/service/" + std::to_string(id.value) + "/read/", {{"until", until}}).status, 303);
        site.clock.advance(std::chrono::seconds(1));
    }
}

TEST_F(LivePages, ARenewedNotificationReachesTheListOfThem)
{
    const auto page = open(mei, "unread");
    for (int i = 0; i < 2; ++i) {
        say("We come today");
        EXPECT_THAT(page->wait_for("\"unread\""), HasSubstr("\"name\":\"count\",\"data\":{\"unread\":1}")) << i;
        page->take();
        site.clock.advance(std::chrono::seconds(1));
    }
}

TEST_F(LivePages, EachBrowserIsToldInItsOwnLanguage)
{
    sofia.set_header("accept-language", "en-XA");
    const auto english = open(mei, request());
    const auto bracketed = open(sofia, request());
    const auto ravis = open(ravi, request());
    say("We come today");
    EXPECT_THAT(
        bracketed->wait_for("timeline"), AllOf(HasSubstr("⟦Ravi Patel wrote a comment⟧"), HasSubstr("⟦today, ")));
    EXPECT_THAT(ravis->wait_for("timeline"), AllOf(HasSubstr("Ravi Patel wrote a comment"), Not(HasSubstr("⟦"))));
    EXPECT_THAT(english->wait_for("timeline"), AllOf(HasSubstr("Ravi Patel replied"), Not(HasSubstr("⟦"))));
}

TEST_F(LivePages, AnInternalNoteReachesStaffOnly)
{
    const auto hers = open(mei, request());
    const auto staffs = open(sofia, request());
    say("Difficult customer", "internal");
    say("A reply");
    EXPECT_THAT(
        staffs->wait_for("A reply"), AllOf(HasSubstr("Difficult customer"), HasSubstr("wrote an internal note")));
    EXPECT_THAT(hers->wait_for("A reply"), AllOf(HasSubstr("A reply"), Not(HasSubstr("Difficult"))));
}

TEST_F(LivePages, AStatusChangesThePagesOfBothSides)
{
    const auto hers = open(mei, request());
    const auto staffs = open(sofia, request());
    set("Resolved", "1");
    EXPECT_THAT(hers->wait_for("\"slot\":\"actions\""),
        AllOf(HasSubstr("\"slot\":\"state\",\"mode\":\"replace\""), HasSubstr("Your request is resolved")));
    EXPECT_THAT(staffs->wait_for("\"slot\":\"history\""),
        AllOf(HasSubstr("\"slot\":\"state\",\"mode\":\"replace\""), HasSubstr("Ravi Patel resolved this request")));
}

// Drawn once for all of the staff: the page of whoever did it finds its own and announces nothing.
TEST_F(LivePages, WhatTheStaffIsToldSaysWhoDidIt)
{
    const auto ravis = open(ravi, request());
    const auto sofias = open(sofia, request());
    say("On our way");
    const std::string by = std::to_string(site.cast.ravi.user_id.value);
    const std::string received = ravis->wait_for("\"slot\":\"history\"");
    EXPECT_THAT(received,
        AllOf(HasSubstr("\"by\":\"" + by + "\""), HasSubstr("data-by=\\\"" + by + "\\\" data-you=\\\"You\\\"")));
    EXPECT_EQ(received, sofias->wait_for("\"slot\":\"history\""));
}

TEST_F(LivePages, ACustomerIsNotToldTheNumbersOfTheStaff)
{
    const auto page = open(mei, request());
    say("On our way");
    EXPECT_THAT(page->wait_for("On our way"), Not(HasSubstr("data-by")));
}

TEST_F(LivePages, AQueueIsToldWhatFitsItsFilter)
{
    const auto bills = open(ravi, "queue:?type=billing");
    const auto everything = open(sofia, "queue:");
    site.submit(site.cast.omar, "Meter is loud", "meter-reading");
    site.submit(site.cast.omar, "Bill is wrong", "billing");
    EXPECT_THAT(everything->wait_for("Bill is wrong"), HasSubstr("Meter is loud"));
    EXPECT_THAT(bills->wait_for("Bill is wrong"),
        AllOf(HasSubstr("\"name\":\"row\",\"data\":{\"mode\":\"insert\""), HasSubstr("New request: Bill is wrong"),
            Not(HasSubstr("Meter is loud"))));
}

TEST_F(LivePages, AFilterOfSeveralWordsIsOneTopic)
{
    const auto page = open(ravi, "queue:?status=Pending&q=loud%20meter");
    site.submit(site.cast.omar, "The meter is loud", "meter-reading");
    EXPECT_THAT(page->wait_for("New request"), HasSubstr("New request: The meter is loud"));
}

TEST_F(LivePages, AnEmergencyRingsOnEveryPageOfTheDeskAndStandsOnTopOfEveryQueue)
{
    const auto bills = open(ravi, "pinned queue:?type=billing");
    const auto elsewhere = open(sofia, "counts emergencies");
    const auto leak = site.submit(site.cast.omar, "Smell of gas", "gas-leak");
    EXPECT_THAT(bills->wait_for("\"pinned\""), AllOf(HasSubstr("Smell of gas"), Not(HasSubstr("\"row\""))));
    const std::string alarm = "alarm" + std::to_string(leak.value);
    EXPECT_THAT(elsewhere->wait_for("\"alarms\""),
        AllOf(HasSubstr(alarm), HasSubstr("14 Elm Street"), HasSubstr("\"emergencies\":\"1\"")));
    elsewhere->take();
    site.database->write([&](db::Transaction& tx) {
        actions::change_status(tx, site.act(site.cast.ravi),
            {.service_request = leak,
                .status = service_requests::Status::Resolved,
                .version = 1,
                .end = actions::EmergencyEnd{.reason = "Repaired"}});
    });
    EXPECT_THAT(elsewhere->wait_for("\"alarms\""), AllOf(HasSubstr("\"emergencies\":\"0\""), Not(HasSubstr(alarm))));
    elsewhere->take();
    site.database->write([&](db::Transaction& tx) {
        actions::change_status(tx, site.act(site.cast.omar),
            {.service_request = leak, .status = service_requests::Status::Pending, .version = 2});
    });
    EXPECT_THAT(
        elsewhere->wait_for("\"alarms\""), HasSubstr("data-alarm=\\\"" + std::to_string(leak.value) + ":3\\\""));
}

TEST_F(LivePages, AnEmergencyAtTheAddressOfAnOpenPageAppearsOnItAndGoesWithIt)
{
    const auto its_page = open(sofia, request());
    const auto hers = open(mei, request());
    site.submit(site.cast.omar, "Gas on Elm Street", "gas-leak");
    const auto leak = site.submit(site.cast.mei, "Smell of gas", "gas-leak");
    EXPECT_THAT(its_page->wait_for("\"emergency-here\""),
        AllOf(HasSubstr("Open emergency at this address"), HasSubstr("An emergency is open at this address: SR-00003"),
            HasSubstr("href=\\\"/admin/requests/3/\\\""), Not(HasSubstr("Elm Street"))));
    its_page->take();
    site.database->write([&](db::Transaction& tx) {
        actions::change_status(tx, site.act(site.cast.ravi),
            {.service_request = leak,
                .status = service_requests::Status::Resolved,
                .version = 1,
                .end = actions::EmergencyEnd{.reason = "Repaired"}});
    });
    EXPECT_THAT(its_page->wait_for("\"emergency-here\""),
        AllOf(HasSubstr("\"slot\":\"emergency-here\",\"mode\":\"replace\",\"html\":\"\""),
            Not(HasSubstr("\"history\""))));
    say("A reply");
    EXPECT_THAT(hers->wait_for("A reply"), Not(HasSubstr("emergency")));
}

TEST_F(LivePages, WhoTakesAnEmergencyIsSeenOnEveryPageOfTheDesk)
{
    const auto leak = site.submit(site.cast.omar, "Smell of gas", "gas-leak");
    const std::string path = "/admin/requests/" + std::to_string(leak.value) + "/";
    const auto elsewhere = open(sofia, "counts emergencies");
    const auto queue = open(sofia, "pinned");
    const auto its_page = open(sofia, "request:" + std::to_string(leak.value));
    const auto hers = open(omar, "request:" + std::to_string(leak.value));

    EXPECT_EQ(ravi.post(path + "take/", {{"next", "/admin/users/"}}).location(), "/admin/users/");

    EXPECT_THAT(elsewhere->wait_for("\"alarms\""),
        AllOf(HasSubstr("1 leak in hand"), Not(HasSubstr("data-take")), HasSubstr("\"counts\"")));
    EXPECT_THAT(queue->wait_for("\"pinned\""), AllOf(HasSubstr("1 leak in hand"), Not(HasSubstr("Smell of gas"))));
    EXPECT_THAT(
        its_page->wait_for("\"history\""), AllOf(HasSubstr("\"slot\":\"emergency\""), HasSubstr("Ravi Patel has it")));
    EXPECT_THAT(hers->wait_for("\"state\""),
        AllOf(HasSubstr("\"say\":\"One of our staff has your report\""),
            HasSubstr("has your report (since today, 4:31"), Not(HasSubstr("Ravi")), Not(HasSubstr("We send a crew"))));
    hers->take();
    ravi.post(path + "give-back/", {});
    EXPECT_THAT(hers->wait_for("\"state\""), AllOf(HasSubstr("We send a crew when you call"), Not(HasSubstr("Ravi"))));
}

TEST_F(LivePages, TheAlarmSaysWhatTheCustomerWrites)
{
    const auto leak = site.submit(site.cast.omar, "Smell of gas", "gas-leak");
    const std::string page = "/service/" + std::to_string(leak.value) + "/comments/";
    const auto bar = open(sofia, "emergencies");
    omar.post(page, {{"text", "It spreads to number 16"}, {"submission", "a-key-of-more-than-22-characters"}});
    EXPECT_THAT(bar->wait_for("\"alarms\""), HasSubstr("New message: It spreads to number 16"));
}

TEST_F(LivePages, WhoHadAnEmergencyHearsThatSomebodyTookItOver)
{
    const auto leak = site.submit(site.cast.omar, "Smell of gas", "gas-leak");
    const std::string path = "/admin/requests/" + std::to_string(leak.value) + "/";
    ravi.post(path + "take/", {});
    const auto his = open(ravi, "counts emergencies unread");
    const auto hers = open(sofia, "counts emergencies unread");

    sofia.post(path + "take-over/", {{"from", std::to_string(site.cast.ravi.user_id.value)}});

    EXPECT_THAT(
        his->wait_for("\"said\""), AllOf(HasSubstr("Sofia Marchetti took over SR-00002"), HasSubstr("\"unread\":1")));
    EXPECT_THAT(hers->wait_for("\"alarms\""), Not(HasSubstr("\"said\"")));
}

TEST_F(LivePages, WhoHadAnEmergencyHearsThatSomebodyResolvedIt)
{
    const auto leak = site.submit(site.cast.omar, "Smell of gas", "gas-leak");
    const std::string path = "/admin/requests/" + std::to_string(leak.value) + "/";
    ravi.post(path + "take/", {});
    const auto his = open(ravi, "counts emergencies unread");
    const auto hers = open(sofia, "counts emergencies unread");

    sofia.post(
        path + "status/", {{"status", "Resolved"}, {"version", "1"}, {"finding", "false_alarm"}, {"reason", "Paint"}});

    EXPECT_THAT(his->wait_for("\"said\""),
        AllOf(HasSubstr("Sofia Marchetti resolved SR-00002, which you had, as a false alarm"),
            HasSubstr("\"unread\":1")));
    EXPECT_THAT(hers->wait_for("\"alarms\""), Not(HasSubstr("\"said\"")));
}

TEST_F(LivePages, ARoundTellsTheAlarmOnceWhateverHappened)
{
    const auto page = open(sofia, "emergencies");
    site.database->write([&](db::Transaction& tx) {
        for (int i = 0; i < 5; ++i)
            actions::submit_request(tx, site.act(site.cast.omar),
                {.request = {.user_id = site.cast.omar.user_id,
                     .type_id = request_types::get_emergency_type(tx),
                     .description = "Smell of gas"}});
    });
    const std::string received = page->wait_for("\"alarms\"");
    EXPECT_EQ(received.find("\"alarms\""), received.rfind("\"alarms\""));
    EXPECT_THAT(received, AllOf(HasSubstr("1 more that nobody has"), HasSubstr("3 more that nobody has")));
}

TEST_F(LivePages, WhatWasMissedIsToldAfterwards)
{
    const std::string before = now();
    say("First");
    const std::string seen = now();
    say("Second");

    const auto resumed = open_pages(mei, {before + " " + request()});
    EXPECT_THAT(resumed->wait_for("Second"), HasSubstr("First"));
    mei.set_header("last-event-id", seen);
    const auto reconnected = open_pages(mei, {before + " " + request()});
    EXPECT_THAT(reconnected->wait_for("Second"), AllOf(HasSubstr("Second"), Not(HasSubstr("First"))));
}

TEST_F(LivePages, EachPageOfABrowserIsToldOnceWhatItDoesNotShow)
{
    const std::string before = now();
    say("First");
    const std::string seen = now();
    say("Second");

    const auto both = open_pages(mei, {before + " " + request(), seen + " " + request()});
    const std::string received = both->wait_for("Second");
    EXPECT_EQ(received.find("event: round"), received.rfind("event: round"));
    const auto first = received.find("First");
    ASSERT_NE(first, std::string::npos);
    EXPECT_EQ(received.rfind("{\"for\":", first), received.rfind("{\"for\":[0],", first));
    EXPECT_EQ(received.find("First", received.find("{\"for\":[1]")), std::string::npos);
    EXPECT_NE(received.find("Second", received.find("{\"for\":[1]")), std::string::npos);
    both->take();
    say("Third");
    EXPECT_THAT(both->wait_for("Third"), HasSubstr("{\"for\":[0,1],\"name\":\"patch\""));
}

TEST_F(LivePages, WhoMissedTooMuchReloads)
{
    const std::string before = now();
    site.database->write([&](db::Transaction& tx) {
        for (int i = 0; i < 1100; ++i)
            events::add_event(tx, site.act({}),
                {.subject = events::Subject::Export, .subject_id = 1, .kind = events::Kind::Exported});
    });
    EXPECT_THAT(open_pages(mei, {before + " " + request()})->wait_for("\"reload\""),
        AllOf(HasSubstr("\"reload\""), Not(HasSubstr("\"patch\""))));
}

TEST_F(LivePages, APageOfWhichOnlyTheCountIsLiveNeverReloads)
{
    const auto page = open_pages(mei, {"x unread"});
    EXPECT_THAT(page->wait_for("count"), AllOf(HasSubstr("\"count\""), Not(HasSubstr("reload"))));
    EXPECT_TRUE(page->is_open());
}

TEST_F(LivePages, APositionThatIsNoneReloadsItsPageAndNoOther)
{
    for (const char* position :
        {"x", "-1", "1:2", "1:2:3", "1:2::x", "1:2:3,:4", "1:2:,3:4", "1:2:3:4:5", "1:2:{3}:4", "99999999999999999999",
            "4000000000000", "4000000000000:4000000000007:4000000000003,4000000000005:1700000000"}) {
        const auto page = open_pages(ravi, {now() + " " + request(), std::string(position) + " " + request()});
        EXPECT_THAT(page->wait_for("reload"), HasSubstr("[{\"for\":[1],\"name\":\"reload\"")) << position;
        EXPECT_TRUE(page->is_open());
    }
}

TEST_F(LivePages, AQuietBrowserHearsHowFarItIsLongBeforeItIsTooFar)
{
    const auto page = open(mei, request());
    site.database->write([&](db::Transaction& tx) {
        for (int i = 0; i < 600; ++i)
            events::add_event(tx, site.act({}),
                {.subject = events::Subject::Export, .subject_id = 1, .kind = events::Kind::Exported});
    });
    EXPECT_THAT(page->wait_for("event: round"), HasSubstr("event: round\ndata: []"));
}

TEST_F(LivePages, TheOneMessageOfARoundCarriesThePosition)
{
    const auto page = open(mei, "unread " + request());
    set("Resolved", "1");
    const std::string received = page->wait_for("\"unread\"");

    ASSERT_TRUE(received.starts_with("id: "));
    EXPECT_EQ(received.find("id: ", 4), std::string::npos);
    const std::string position = received.substr(4, received.find('\n') - 4);
    // Not compared with position_now(): on a server that moves on with every transaction, also of others.
    set("Pending", "2");
    EXPECT_THAT(open_pages(mei, {position + " unread " + request()})->wait_for("\"unread\""),
        AllOf(HasSubstr("<b>Reopened</b>"), Not(HasSubstr("<b>Resolved</b> by"))));
}

TEST_F(LivePages, TheNinthBrowserOfASessionClosesTheFirst)
{
    const auto first = open_pages(mei, {now()}, "first");
    const auto second = open_pages(mei, {now()}, "second");
    for (int i = 0; i < 7; ++i)
        open_pages(mei, {now()}, "other" + std::to_string(i));
    EXPECT_FALSE(first->is_open());
    EXPECT_TRUE(second->is_open());
}

TEST_F(LivePages, OneBrowserMoreThanAUserMayHaveClosesTheFirst)
{
    const auto first = open_pages(mei, {now()}, "first");
    const auto of_omar = open_pages(omar, {now()}, "first");
    std::vector<std::shared_ptr<support::FakeSink>> others;
    for (std::size_t i = 1; i < web::LiveHub::usual_most_for_a_user; ++i) {
        if (i % web::LiveHub::most_for_a_session == 0)
            mei.sign_in_as(site.cast.mei);
        others.push_back(open_pages(mei, {now()}, "other" + std::to_string(i)));
    }
    EXPECT_TRUE(first->is_open());

    mei.sign_in_as(site.cast.mei);
    const auto last = open_pages(mei, {now()}, "last");

    EXPECT_FALSE(first->is_open());
    EXPECT_TRUE(others.front()->is_open());
    EXPECT_TRUE(last->is_open());
    EXPECT_TRUE(of_omar->is_open());
}

TEST_F(LivePages, ABrowserHasOneStreamHoweverOftenItsPagesChange)
{
    const auto other = open_pages(mei, {now()}, "phone");
    std::vector<std::shared_ptr<support::FakeSink>> desks;
    for (int i = 0; i < 20; ++i)
        desks.push_back(open_pages(mei, {now(), now() + " " + request()}, "desk"));
    EXPECT_TRUE(other->is_open());
    EXPECT_TRUE(desks.back()->is_open());
    desks.pop_back();
    for (const auto& desk : desks)
        EXPECT_FALSE(desk->is_open());
}

} // namespace
