#include "service_requests/service_request.hpp"

#include "actions/change_status.hpp"
#include "actions/submit_request.hpp"
#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/reference.hpp"
#include "events/event.hpp"
#include "service_requests/private_link.hpp"
#include "support/service_desk.hpp"

#include <gmock/gmock.h>

using namespace service_requests;
using support::ids_of;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

namespace {

class ServiceRequests : public support::ServiceDesk
{
  protected:
    StatusChange change(const base::Visitor& by, ServiceRequestId id, Status status, std::int64_t version)
    {
        return database->write([&](db::Transaction& tx) {
            return actions::change_status(tx, act(by), {.service_request = id, .status = status, .version = version});
        });
    }
    std::vector<events::Event> history(ServiceRequestId id)
    {
        return events::list_events(
            *database->read(), events::Subject::ServiceRequest, id.value, base::Visibility::Internal);
    }
    std::vector<ServiceRequest> own(const base::Visitor& customer, const OwnFilter& filter = {})
    {
        return list_visible_service_requests(*database->read(), customer.user_id, {}, filter);
    }
};

} // namespace

TEST(Reference, IsReadBackFromEveryWayPeopleTypeIt)
{
    EXPECT_EQ(base::reference(ServiceRequestId{42}), "SR-00042");
    EXPECT_EQ(base::reference(ServiceRequestId{1234567}), "SR-1234567");
    for (const char* typed : {"SR-00042", "sr-42", "#42", "42", "  42 ", "SR42", "sr 42", "SR\u201300042", "sr#42"}) {
        EXPECT_EQ(base::parse_reference(typed), ServiceRequestId{42}) << typed;
    }
    for (const char* typed : {"", "SR-", "0", "-1", "SR-4x", "99999999999999999999", "42 leak"}) {
        EXPECT_EQ(base::parse_reference(typed), std::nullopt) << typed;
    }
}

TEST(Reference, IsFoundInsideATextUnlessItIsABareNumber)
{
    using ::testing::ElementsAre;
    using ::testing::IsEmpty;
    for (const char* text : {"Re: SR-00042", "see sr42, please", "(SR 42)", "about #42!", "42", "SR-00042 sr42 #42"}) {
        EXPECT_THAT(base::find_references(text), ElementsAre(ServiceRequestId{42})) << text;
    }
    EXPECT_THAT(base::find_references("SR-7 and #8"), ElementsAre(ServiceRequestId{7}, ServiceRequestId{8}));
    for (const char* text : {"", "42 Elm Street", "SR", "sr leak", "# 4x", "SR-0", "user42", "99999999999999999999"}) {
        EXPECT_THAT(base::find_references(text), IsEmpty()) << text;
    }
}

TEST(StatusNames, AreTheTwoThatCustomersSee)
{
    EXPECT_EQ(parse_status("Pending"), Status::Pending);
    EXPECT_EQ(parse_status("Resolved"), Status::Resolved);
    EXPECT_EQ(parse_status("pending"), std::nullopt);
    EXPECT_EQ(parse_status("Closed"), std::nullopt);
}

TEST(Title, IsTheFirstSentenceAndNeverTooLong)
{
    EXPECT_EQ((ServiceRequest{.description = " It smells. Please come."}.title()), "It smells.");
    EXPECT_EQ((ServiceRequest{.description = "Meter 4.5 reads\nsecond line"}.title()), "Meter 4.5 reads");
    std::string long_text;
    for (int i = 0; i < 100; ++i) {
        long_text += "ñ";
    }
    std::string expected = long_text.substr(0, 2 * 79) + "…";
    EXPECT_EQ((ServiceRequest{.description = long_text}.title()), expected);
    EXPECT_EQ((ServiceRequest{.type_name = "Billing", .description = " \n"}.title()), "Billing");
}

TEST(Title, IsNotASaintAMistressAGreetingANumberOrAnApartment)
{
    const auto title = [](std::string description) {
        return ServiceRequest{.type_name = "Billing", .description = std::move(description)}.title();
    };
    EXPECT_EQ(title("St. Mary's kitchen has no hot water. Please come."), "St. Mary's kitchen has no hot water.");
    EXPECT_EQ(title("The kitchen of St. Mary's is cold. Please come."), "The kitchen of St. Mary's is cold.");
    EXPECT_EQ(title("Mrs. Delgado smells gas! Come."), "Mrs. Delgado smells gas!");
    EXPECT_EQ(title("My neighbor Mr. J. Ruiz has no gas. He is old."), "My neighbor Mr. J. Ruiz has no gas.");
    EXPECT_EQ(title("Hi. My boiler is cold. Please come."), "Hi. My boiler is cold.");
    EXPECT_EQ(title("Hello! My boiler is cold."), "Hello! My boiler is cold.");
    EXPECT_EQ(title("Good morning,\nmy boiler is cold.\nMei"), "Good morning, my boiler is cold.");
    EXPECT_EQ(title("Hi\nMy boiler is cold."), "Hi My boiler is cold.");
    EXPECT_EQ(title("No. 12 has no gas. Please come."), "No. 12 has no gas.");
    EXPECT_EQ(title("The meter at No. 12 stopped. Please come."), "The meter at No. 12 stopped.");
    EXPECT_EQ(title("Did I turn it on? No. It is cold."), "Did I turn it on?");
    EXPECT_EQ(title("I would say no. It is cold."), "I would say no.");
    EXPECT_EQ(title("Apt. 4 is cold. Please come."), "Apt. 4 is cold.");
    EXPECT_EQ(title("It is cold in apt. 4 of the house. Please come."), "It is cold in apt. 4 of the house.");
    EXPECT_EQ(title("Since 9 a.m. we smell gas. Come."), "Since 9 a.m. we smell gas.");
    EXPECT_EQ(title("The meter reads 4.5. Is that right?"), "The meter reads 4.5.");
    EXPECT_EQ(title("It is cold on Elm St."), "It is cold on Elm St.");
    EXPECT_EQ(title("the boiler is cold. please come."), "the boiler is cold.");
    EXPECT_EQ(title("Hi."), "Hi.");
}

TEST_F(ServiceRequests, ASubmittedOneIsPendingWithItsEvent)
{
    const auto id = submit(cast.mei, "Smell of gas in the kitchen", "gas-leak");

    const auto request = seen_by(cast.mei, id);
    EXPECT_EQ(request.status, Status::Pending);
    EXPECT_EQ(request.type_name, "Gas Leak");
    EXPECT_TRUE(request.is_emergency);
    EXPECT_EQ(request.customer_name, "Mei Chen");
    EXPECT_EQ(request.submitted_at, clock.now());
    EXPECT_EQ(request.version, 1);
    const auto events = history(id);
    ASSERT_THAT(events, SizeIs(1));
    EXPECT_EQ(events[0].kind, events::Kind::Submitted);
    EXPECT_EQ(events[0].actor_name, "Mei Chen");
    EXPECT_EQ(events[0].visibility, base::Visibility::Public);
}

TEST_F(ServiceRequests, AnUnknownTypeIsRefusedAndWritesNothing)
{
    EXPECT_THROW(database->write([&](db::Transaction& tx) {
        return actions::submit_request(tx, act(cast.mei),
            {.request = {.user_id = cast.mei.user_id, .type_id = RequestTypeId{999}, .description = "x"}});
    }),
        db::ConstraintViolation);
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM service_servicerequest"), 0);
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM service_event WHERE subject = 'service_request'"), 0);
}

TEST_F(ServiceRequests, OnlyTheCustomerAndStaffFindIt)
{
    const auto id = submit(cast.mei, "Boiler is cold");

    EXPECT_EQ(seen_by(cast.mei, id).id, id);
    EXPECT_EQ(seen_by(cast.ravi, id).id, id);
    EXPECT_EQ(seen_by(cast.sofia, id).id, id);
    EXPECT_EQ(seen_by(cast.ada, id).id, id);
    EXPECT_THROW(seen_by(cast.omar, id), base::NotFound);
    EXPECT_THROW(seen_by({}, id), base::NotFound);
    EXPECT_THROW(seen_by(cast.ravi, ServiceRequestId{id.value + 1}), base::NotFound);
}

TEST_F(ServiceRequests, AGuestDoesNotFindAnotherGuestsReport)
{
    const auto id = submit({}, "Smell in the street", "gas-leak");

    EXPECT_THROW(seen_by({}, id), base::NotFound);
    EXPECT_THROW(seen_by(cast.mei, id), base::NotFound);
    EXPECT_EQ(seen_by(cast.ravi, id).customer_name, "");
}

TEST_F(ServiceRequests, ThePrivateLinkOpensItsOwnReportOnly)
{
    const std::string token = base::random_token();
    const auto id = database->write([&](db::Transaction& tx) {
        return actions::submit_request(tx, act({}),
            {.request = {.type_id = type("gas-leak"),
                 .description = "Hissing",
                 .channel = Channel::Emergency,
                 .follow_hash = base::hex(base::sha256(token))}});
    });
    submit({}, "Another report", "gas-leak");
    comment(cast.ravi, id, "Crew is late", base::Visibility::Internal);

    const auto followed = find_followed(*database->read(), token, clock.now());
    ASSERT_TRUE(followed);
    EXPECT_EQ(followed->link, PrivateLink::Works);
    EXPECT_EQ(followed->request.id, id);
    EXPECT_EQ(followed->request.channel, Channel::Emergency);
    EXPECT_EQ(followed->request.internal_comments, 0);
    EXPECT_FALSE(find_followed(*database->read(), "wrong", clock.now()));
    EXPECT_FALSE(find_followed(*database->read(), "", clock.now()));
}

TEST_F(ServiceRequests, ResolvingAndReopeningMovesTimesVersionAndHistory)
{
    const auto id = submit(cast.mei, "Boiler is cold");
    clock.advance(std::chrono::hours(2));

    EXPECT_EQ(change(cast.ravi, id, Status::Resolved, 1), StatusChange::Done);
    auto request = seen_by(cast.mei, id);
    EXPECT_EQ(request.status, Status::Resolved);
    EXPECT_EQ(request.resolved_at, clock.now());
    EXPECT_EQ(request.updated_at, clock.now());
    EXPECT_EQ(request.version, 2);

    EXPECT_EQ(change(cast.mei, id, Status::Pending, 2), StatusChange::Done);
    request = seen_by(cast.mei, id);
    EXPECT_EQ(request.status, Status::Pending);
    EXPECT_EQ(request.resolved_at, std::nullopt);
    EXPECT_EQ(request.version, 3);

    const auto events = history(id);
    ASSERT_THAT(events, SizeIs(3));
    EXPECT_EQ(events[1].kind, events::Kind::Resolved);
    EXPECT_EQ(events[1].actor_name, "Ravi Patel");
    EXPECT_EQ(events[1].before_value, "Pending");
    EXPECT_EQ(events[1].after_value, "Resolved");
    EXPECT_EQ(events[2].kind, events::Kind::Reopened);
    EXPECT_EQ(events[2].before_value, "Resolved");
    EXPECT_EQ(events[2].after_value, "Pending");
    EXPECT_EQ(events[2].visibility, base::Visibility::Public);
}

TEST_F(ServiceRequests, TheSecondOfTwoWhoResolveLearnsThatItIsSo)
{
    const auto id = submit(cast.mei, "Boiler is cold");

    EXPECT_EQ(change(cast.ravi, id, Status::Resolved, 1), StatusChange::Done);
    EXPECT_EQ(change(cast.sofia, id, Status::Resolved, 1), StatusChange::AlreadySo);
    EXPECT_EQ(change(cast.sofia, id, Status::Resolved, 2), StatusChange::AlreadySo);
    EXPECT_THAT(history(id), SizeIs(2));
    EXPECT_EQ(seen_by(cast.ravi, id).version, 2);
}

TEST_F(ServiceRequests, AStaleChangeWritesNothing)
{
    const auto id = submit(cast.mei, "Boiler is cold");
    change(cast.ravi, id, Status::Resolved, 1);
    change(cast.ravi, id, Status::Pending, 2);

    EXPECT_EQ(change(cast.sofia, id, Status::Resolved, 1), StatusChange::Stale);
    EXPECT_EQ(seen_by(cast.ravi, id).status, Status::Pending);
    EXPECT_THAT(history(id), SizeIs(3));
    EXPECT_THROW(change(cast.sofia, ServiceRequestId{999}, Status::Resolved, 1), base::NotFound);
}

TEST_F(ServiceRequests, ACustomerListsOnlyTheirOwnNewestFirst)
{
    const auto first = submit(cast.mei, "One");
    submit(cast.omar, "His");
    const auto second = submit(cast.mei, "Two", "billing");
    set_status(cast.ravi, first, Status::Resolved);

    EXPECT_THAT(ids_of(own(cast.mei)), ElementsAre(second, first));
    EXPECT_THAT(ids_of(own(cast.mei, {.status = Status::Resolved})), ElementsAre(first));
    EXPECT_THAT(ids_of(own(cast.mei, {.type_id = type("billing")})), ElementsAre(second));
    EXPECT_THAT(own(cast.ravi), IsEmpty());
    const auto counts = count_own_service_requests(*database->read(), cast.mei.user_id);
    EXPECT_EQ(counts.pending, 1);
    EXPECT_EQ(counts.resolved, 1);
}

TEST_F(ServiceRequests, OwnPagesWalkBothWaysWithoutGaps)
{
    std::vector<ServiceRequestId> all;
    for (int i = 0; i < 60; ++i) {
        all.insert(all.begin(), submit(cast.mei, "Number " + std::to_string(i)));
    }
    auto page = own(cast.mei);
    ASSERT_THAT(page, SizeIs(page_size + 1));
    page.pop_back();
    const auto next = own(cast.mei, {.before = page.back().id});
    ASSERT_THAT(next, SizeIs(page_size + 1));
    EXPECT_EQ(next.front().id, all[page_size]);

    const auto back = own(cast.mei, {.after = next.front().id});
    ASSERT_THAT(back, SizeIs(page_size));
    EXPECT_EQ(ids_of(back), ids_of(page));
    EXPECT_THAT(own(cast.mei, {.after = all.back()}), SizeIs(page_size + 1));
}

TEST_F(ServiceRequests, StaffFindOthersOfTheSamePlace)
{
    const auto first = submit(cast.mei, "One");
    const auto second = submit(cast.mei, "Two");
    submit(cast.omar, "Next door");

    const auto request = seen_by(cast.ravi, second);
    EXPECT_THAT(ids_of(list_at_same_address(*database->read(), request, 5)), ElementsAre(first));
    ServiceRequest nowhere = request;
    nowhere.address_key = "";
    EXPECT_THAT(list_at_same_address(*database->read(), nowhere, 5), IsEmpty());
}

TEST(AddressKey, AStreetIsOneHoweverItsLettersAreWritten)
{
    const auto key = [](std::string_view address) { return address_key(address); };
    EXPECT_EQ(key("3 M\u00FChlweg"), key(" 3 MUEHLWEG"));
    EXPECT_EQ(key("3 M\u00FChlweg"), key("3 Muhlweg"));
    EXPECT_EQ(key("1 Stra\u00DFe"), key("1 STRASSE"));
    EXPECT_EQ(key("St\u00F8rgade 1"), key("Stoergade 1"));
    EXPECT_EQ(key("\u00C5kerveien 5"), key("Aakerveien 5"));
    EXPECT_EQ(key("A\u030Akerveien 5"), key("Aakerveien 5")) << "decomposed";
    EXPECT_NE(key("3 M\u00FChlweg"), key("4 M\u00FChlweg"));
    EXPECT_EQ(key("12 Elm Street"), "12 elm st");
    EXPECT_EQ(key("12 N. Elm St., Apt 3"), key("12 North Elm Street Apartment 3"));
    EXPECT_NE(key("12 N Elm St"), key("12 S Elm St"));
}

TEST_F(ServiceRequests, TheStoredCountOfOpenOnesEqualsARecount)
{
    for (int i = 0; i < 40; ++i) {
        const auto id = submit(i % 2 == 0 ? cast.mei : cast.omar, "Number");
        if (i % 3 == 0) {
            set_status(cast.ravi, id, Status::Resolved);
        }
        if (i % 6 == 0) {
            set_status(cast.mei, id, Status::Pending);
        }
        change(cast.ravi, id, Status::Resolved, 99);
    }
    const auto real = database.number("SELECT COUNT(*) FROM service_servicerequest WHERE status = 'Pending'");
    const auto today = clock.now() - std::chrono::hours(1);

    const auto counts = queue::count_queue(*database->read(), today);
    EXPECT_EQ(counts.open, real);
    EXPECT_EQ(counts.resolved_today, 40 - real);
    EXPECT_EQ(queue::count_queue(*database->read(), clock.now() + std::chrono::hours(1)).resolved_today, 0);
}
