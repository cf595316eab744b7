// Who may hear what, and what one page's failure costs the others.

#include "actions/households/choose_sharing.hpp"
#include "actions/people/own_sessions.hpp"
#include "actions/submit_request.hpp"
#include "actions/write_comment.hpp"
#include "base/text.hpp"
#include "base/url_encoding.hpp"
#include "comments/comment.hpp"
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

class LiveRights : public testing::Test
{
  protected:
    LiveRights() : id(site.submit(site.cast.mei, "Boiler")), dispatcher(site.site(), site.services().live, {})
    {
        site.database->on_commit([this] { site.services().live.wake(); });
        mei.sign_in_as(site.cast.mei);
        omar.sign_in_as(site.cast.omar);
        ravi.sign_in_as(site.cast.ravi);
        sofia.sign_in_as(site.cast.sofia);
    }
    ~LiveRights() override { site.database->on_commit({}); }

    http::Response ask(Client& browser, const std::string& topics, const std::string& more = "")
    {
        const std::string position = events::position_now(*site.database->read());
        return browser.ask(http::Method::Get, "/events/?page=" + base::percent_encode(position + " " + topics) + more);
    }
    std::shared_ptr<support::FakeSink> open(Client& browser, const std::string& topics, const std::string& more = "")
    {
        http::Response response = ask(browser, topics, more);
        auto sink = std::make_shared<support::FakeSink>();
        std::get<http::EventStreamBody>(response.body).opened(sink);
        return sink;
    }
    std::string request() const { return "request:" + std::to_string(id.value); }
    void comment(std::string_view text, base::Visibility visibility = base::Visibility::Public)
    {
        site.database->write([&](db::Transaction& tx) {
            actions::write_comment(tx, site.act(site.cast.ravi),
                {.service_request = id, .text = std::string(text), .visibility = visibility});
        });
    }
    void execute(db::Sql statement)
    {
        site.database->write([&](db::Transaction& tx) { tx.apply(statement); });
    }

    support::TestSite site;
    ServiceRequestId id;
    live::Dispatcher dispatcher;
    Client mei{site};
    Client omar{site};
    Client ravi{site};
    Client sofia{site};
};

TEST_F(LiveRights, NobodyListensToWhatIsNotTheirs)
{
    for (const std::string& topic :
        {request(), std::string("queue:"), std::string("pinned"), std::string("emergencies"), std::string("counts"),
            std::string("request:999"), std::string("request:x"), std::string("zeppelins")}) {
        const auto page = open(omar, topic);
        EXPECT_THAT(page->wait_for("reload"), HasSubstr("{\"for\":[0],\"name\":\"reload\"")) << topic;
        page->take();
        const auto hers = open(mei, request());
        site.submit(site.cast.mei, "Smell of gas", "gas-leak");
        comment("Not for Omar");
        hers->wait_for("Not for Omar");
        EXPECT_EQ(page->take(), "") << topic;
    }
}

TEST_F(LiveRights, APageOfAHouseholdGoesWhenItsSenderStopsSharing)
{
    execute("INSERT INTO service_account_user (account_id, user_id) VALUES (1, 2)");
    execute("UPDATE service_servicerequest SET account_id = 1");
    const auto share = [&](accounts::Sharing sharing) {
        site.database->write([&](db::Transaction& tx) {
            actions::choose_sharing(tx, site.act(site.cast.mei), site.cast.account_of_mei, sharing);
        });
    };
    share(accounts::Sharing::OwnRequests);
    const auto theirs = open(omar, request());
    const auto hers = open(mei, request());
    comment("For the household");
    EXPECT_THAT(theirs->wait_for("For the household"), HasSubstr("For the household"));
    theirs->take();

    share(accounts::Sharing::Nothing);

    EXPECT_THAT(theirs->wait_for("reload"), HasSubstr(R"("name":"reload","data":{"gone":true})"));
    comment("For Mei alone");
    EXPECT_THAT(hers->wait_for("For Mei alone"), AllOf(HasSubstr("For Mei alone"), Not(HasSubstr("reload"))));
    EXPECT_THAT(theirs->take(), Not(HasSubstr("For Mei alone")));
}

TEST_F(LiveRights, AFilterThatCannotBeReadReloadsItsPageAndStopsNoOther)
{
    for (const char* filter : {"?status=Open", "?from=never"}) {
        EXPECT_THAT(open(ravi, std::string("queue:") + filter)->wait_for("reload"), HasSubstr("reload")) << filter;
    }
    const auto page = open(mei, request());
    comment("Still told");
    EXPECT_THAT(page->wait_for("Still told"), HasSubstr("Still told"));
}

TEST_F(LiveRights, AFilterOfBytesThatAreNoTextStopsNoRound)
{
    const auto malformed = open(ravi, "queue:?q=%FF");
    const auto nul = open(ravi, "queue:?q=%00");
    const auto queue = open(ravi, "queue:");
    site.submit(site.cast.mei, "Bill is wrong", "billing");
    EXPECT_THAT(queue->wait_for("Bill is wrong"), HasSubstr("Bill is wrong"));
    EXPECT_THAT(malformed->take() + nul->take(), Not(HasSubstr("reload")));
}

TEST_F(LiveRights, AStreamWithoutPagesOrWithTooManyIsRefused)
{
    EXPECT_EQ(ravi.get("/events/").status, 400);
    std::string address = "/events/?";
    for (int i = 0; i < 65; ++i)
        address += "page=1&";
    EXPECT_EQ(ravi.get(address).status, 400);
}

TEST_F(LiveRights, AGuestAndAnotherUserAreToldThatTheyAreSignedOut)
{
    Client guest(site);
    EXPECT_THAT(open(guest, request())->wait_for("signed-out"), HasSubstr("event: signed-out"));
    const std::string ravis = "&user=" + std::to_string(site.cast.ravi.user_id.value);
    EXPECT_THAT(open(sofia, request(), ravis)->wait_for("signed-out"), HasSubstr("event: signed-out"));
    const auto own = open(ravi, request(), ravis);
    comment("Hello");
    EXPECT_THAT(own->wait_for("Hello"), Not(HasSubstr("signed-out")));
}

TEST_F(LiveRights, AnEndedSessionSaysGoodbye)
{
    const auto page = open(mei, request());
    const auto other = open(omar, "unread");
    mei.post("/accounts/logout/", {});
    EXPECT_TRUE(page->wait_for_end());
    EXPECT_THAT(page->wait_for("signed-out"), HasSubstr("event: signed-out"));
    EXPECT_TRUE(other->is_open());
}

TEST_F(LiveRights, AnExpiredSessionLosesItsPage)
{
    const auto page = open(mei, request());
    site.clock.advance(std::chrono::hours(13));
    ravi.sign_in_as(site.cast.ravi);
    comment("Anybody there?");
    EXPECT_TRUE(page->wait_for_end());
    EXPECT_THAT(page->wait_for("signed-out"), HasSubstr("event: signed-out"));
}

// Done at another node, or by hand: nothing here has ended the stream.
TEST_F(LiveRights, WhoHasLostTheRoleIsNotToldWhatCameWithIt)
{
    const auto page = open(sofia, request());
    site.database->write([&](db::Transaction& tx) {
        tx.apply("UPDATE auth_user SET role = 'customer' WHERE id = $1", site.cast.sofia.user_id);
        events::add_event(tx, site.act({}),
            {.subject = events::Subject::User,
                .subject_id = site.cast.sofia.user_id.value,
                .kind = events::Kind::RoleChanged});
        actions::write_comment(tx, site.act(site.cast.ravi),
            {.service_request = id, .text = "Difficult", .visibility = base::Visibility::Internal});
    });
    EXPECT_TRUE(page->wait_for_end());
    EXPECT_THAT(page->take(), Not(HasSubstr("Difficult")));
}

TEST_F(LiveRights, WhoIsNoLongerOfTheStaffSeesNothingOfTheNextRoundWhoeverChangedThat)
{
    // Behind our back, as another program would: no event says so.
    const auto page = open(ravi, "queue: " + request() + " emergencies counts");
    const auto hers = open(mei, request());
    comment("Before");
    page->wait_for("Before");
    hers->wait_for("Before");
    page->take();
    execute("UPDATE auth_user SET role = 'customer' WHERE username = 'ravi'");

    site.database->write([&](db::Transaction& tx) {
        const auto by = site.act(site.cast.sofia);
        actions::write_comment(
            tx, by, {.service_request = id, .text = "For the desk only", .visibility = base::Visibility::Internal});
        actions::write_comment(tx, by, {.service_request = id, .text = "After"});
    });
    hers->wait_for("After");

    EXPECT_TRUE(page->wait_for_end());
    EXPECT_THAT(page->take(), AllOf(Not(HasSubstr("For the desk only")), Not(HasSubstr("After"))));
}

TEST_F(LiveRights, WhoOpensStreamsAgainAndAgainIsToldWhatWasMissedOnceASecond)
{
    const std::string position = events::position_now(*site.database->read());
    comment("Missed");
    const auto again = [&](Client& browser) {
        http::Response response =
            browser.ask(http::Method::Get, "/events/?page=" + base::percent_encode(position + " " + request()));
        auto sink = std::make_shared<support::FakeSink>();
        std::get<http::EventStreamBody>(response.body).opened(sink);
        return sink;
    };
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_THAT(again(mei)->wait_for("Missed"), HasSubstr("Missed"));
    const auto second = again(mei);
    const auto third = again(mei);
    const auto of_staff = again(ravi);
    EXPECT_THAT(of_staff->wait_for("Missed"), HasSubstr("Missed"));
    EXPECT_EQ(second->take(), "") << "others need not wait for it";
    EXPECT_THAT(second->wait_for("Missed"), HasSubstr("Missed"));
    EXPECT_THAT(third->wait_for("Missed"), HasSubstr("Missed"));

    EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(900));
}

TEST_F(LiveRights, WhoseServiceRequestBecameAnothersReloads)
{
    const auto page = open(mei, request());
    site.database->write([&](db::Transaction& tx) {
        tx.apply("UPDATE service_servicerequest SET user_id = $1 WHERE id = $2", site.cast.omar.user_id, id);
    });
    comment("Not for Mei");
    EXPECT_THAT(page->wait_for("reload"), AllOf(HasSubstr("reload"), Not(HasSubstr("Not for Mei"))));
}

TEST_F(LiveRights, AnEventOfWhatIsGoneKeepsNobodyFromTheRest)
{
    const auto queue = open(ravi, "queue:");
    const auto page = open(mei, request());
    site.database->write([&](db::Transaction& tx) {
        events::add_event(tx, site.act({}),
            {.subject_id = 4000, .kind = events::Kind::Resolved, .visibility = base::Visibility::Public});
        actions::write_comment(tx, site.act(site.cast.ravi), {.service_request = id, .text = "We come"});
    });
    EXPECT_THAT(queue->wait_for("reload"), AllOf(HasSubstr("\"reload\""), HasSubstr("\"row\"")));
    EXPECT_THAT(page->wait_for("We come"), AllOf(HasSubstr("We come"), Not(HasSubstr("reload"))));
}

// A failed statement ends a transaction of PostgreSQL with all that would be read in it.
TEST_F(LiveRights, APageThatCannotBeDrawnKeepsNobodyFromTheRest)
{
    const auto broken = open(mei, request());
    const auto queue = open(ravi, "counts queue:");
    site.database->write([&](db::Transaction& tx) {
        actions::write_comment(tx, site.act(site.cast.ravi), {.service_request = id, .text = "Never shown"});
        tx.apply("ALTER TABLE service_comment RENAME TO service_comment_away");
    });
    EXPECT_THAT(broken->wait_for("reload"), HasSubstr("\"reload\""));
    EXPECT_THAT(queue->wait_for("\"row\""), AllOf(HasSubstr("\"row\""), Not(HasSubstr("reload"))));
    execute("ALTER TABLE service_comment_away RENAME TO service_comment");
}

// Written by another node, whose hub is not this one.
TEST_F(LiveRights, ASessionThatItsUserEndsElsewhereIsToldAtOnce)
{
    const auto page = open(mei, request());
    const auto other = open(omar, "unread");
    site.database->write(
        [&](db::Transaction& tx) { actions::end_other_sessions(tx, site.act(site.cast.mei), "none"); });
    EXPECT_TRUE(page->wait_for_end());
    comment("Still here");
    EXPECT_TRUE(other->is_open());
}

TEST_F(LiveRights, SessionsEndAlsoWhileNothingCanBeTold)
{
    const auto page = open(mei, request());
    execute("ALTER TABLE service_event RENAME TO service_event_away");
    execute("DELETE FROM auth_session");
    site.clock.advance(std::chrono::seconds(3));
    site.services().live.wake();
    EXPECT_TRUE(page->wait_for_end());
    execute("ALTER TABLE service_event_away RENAME TO service_event");
}

// Sorted in when it is told, and told once: the alarm is not the victim of what else happened in that second.
TEST_F(LiveRights, ATooLongRoundReloadsButStillRings)
{
    const auto page = open(ravi, "counts emergencies queue:");
    site.database->write([&](db::Transaction& tx) {
        const auto types = request_types::list_request_types(tx);
        const auto submit = [&](std::string_view slug, std::string description) {
            actions::submit_request(tx, site.act(site.cast.omar),
                {.request = {.user_id = site.cast.omar.user_id,
                     .account_id = site.cast.account_of_omar,
                     .type_id = request_types::find_request_type(types, slug).value().id,
                     .description = std::move(description),
                     .address = "14 Elm Street"}});
        };
        for (int i = 0; i < 40; ++i)
            submit("billing", std::string(400, 'x'));
        submit("gas-leak", "Smell");
    });
    const std::string told = page->wait_for("reload");
    EXPECT_THAT(told, AllOf(HasSubstr("\"alarms\""), HasSubstr("\"counts\""), HasSubstr("\"reload\"")));
    EXPECT_LT(told.size(), 64U * 1024);
}

} // namespace
