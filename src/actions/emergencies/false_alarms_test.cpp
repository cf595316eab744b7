#include "actions/emergencies/give_back_emergency.hpp"
#include "actions/emergencies/resolve_false_alarms.hpp"
#include "actions/emergencies/take_emergency.hpp"
#include "actions/report_leak.hpp"
#include "actions/write_comment.hpp"
#include "base/error.hpp"
#include "events/position.hpp"
#include "http/head/addresses.hpp"
#include "queue/emergencies.hpp"
#include "queue/folds.hpp"
#include "support/service_desk.hpp"

#include <gmock/gmock.h>

using service_requests::Status;
using service_requests::Taking;
using support::ids_of;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

class FalseAlarms : public support::ServiceDesk
{
  protected:
    struct Report
    {
        std::string sender = "203.0.113.7";
        std::string address = "4 Market Square";
        std::string unable_to_leave = "unknown";
        base::Visitor by = {};
        std::string phone = {};
        std::string notes = {};
    };
    ServiceRequestId report(const Report& report)
    {
        clock.advance(std::chrono::seconds(1));
        return database->write([&](db::Transaction& tx) {
            return actions::report_leak(tx, act(report.by),
                {.address = report.address,
                    .name = "",
                    .phone = report.phone,
                    .notes = report.notes,
                    .answers = {.unable_to_leave = report.unable_to_leave, .sender = report.sender},
                    .follow_hash = ""});
        });
    }
    std::vector<ServiceRequestId> report_many(int count)
    {
        std::vector<ServiceRequestId> ids;
        for (int i = 0; i < count; ++i)
            ids.push_back(report({.address = "1 False Street"}));
        return ids;
    }
    actions::FalseAlarms resolve_shown(
        const base::Visitor& by, const std::vector<ServiceRequestId>& shown, ServiceRequestId newest)
    {
        return database->write([&](db::Transaction& tx) {
            return actions::resolve_false_alarms(tx, act(by),
                {.fold = {.first = shown.front(), .newest = newest},
                    .shown = shown,
                    .end = {.finding = actions::Finding::FalseAlarm, .reason = "A prank"}});
        });
    }
    std::vector<ServiceRequestId> resolve(const base::Visitor& by, ServiceRequestId first, ServiceRequestId newest)
    {
        return resolve_shown(by, {first}, newest).resolved;
    }
    std::string position() { return events::position_now(*database->read()); }
    /// From a page that shows what `shown` says, or everything.
    service_requests::TakingResult take_shown(const base::Visitor& by, ServiceRequestId id, const std::string& shown)
    {
        return database->write(
            [&](db::Transaction& tx) { return actions::take_emergency(tx, act(by), {.id = id, .shown = shown}); });
    }
    Taking take(const base::Visitor& by, ServiceRequestId id) { return take_shown(by, id, position()).taking; }
    std::vector<ServiceRequestId> lines() { return ids_of(queue::list_waiting_emergencies(*database->read())); }
    queue::EmergencyCounts counts() { return queue::count_emergencies(*database->read()); }
    queue::EmergencyFacts facts(ServiceRequestId id)
    {
        return queue::find_emergency_facts(*database->read(), seen_by(cast.ravi, id));
    }
    std::int64_t notified() { return database.number("SELECT COUNT(*) FROM service_notification"); }
};

TEST_F(FalseAlarms, AReportWithAMessageThatNobodyReadStaysOpen)
{
    const auto first = report({.by = cast.mei});
    const auto second = report({.by = cast.mei});
    const auto third = report({.by = cast.mei});
    database->write([&](db::Transaction& tx) {
        actions::write_comment(tx, act(cast.mei), {.service_request = second, .text = "It is real"});
    });

    EXPECT_THAT(resolve(cast.ravi, first, third), testing::UnorderedElementsAre(first, third));
    EXPECT_THAT(lines(), ElementsAre(second));
}

TEST_F(FalseAlarms, ManyOfOneSenderAreOneLineAndOneNotificationAndTheRealOneIsAnother)
{
    const auto false_ones = report_many(105);
    const auto real = report({.sender = "198.51.100.1", .address = "8 Elm Street"});

    EXPECT_THAT(lines(), ElementsAre(real, false_ones.front()));
    EXPECT_EQ(counts().open, 106);
    EXPECT_EQ(counts().nobody_has(), 106);
    EXPECT_EQ(counts().lines(), 2);
    EXPECT_EQ(facts(false_ones.front()).folded, 104);
    EXPECT_FALSE(facts(false_ones.front()).rings_again) << "the same address is no news";
    EXPECT_EQ(facts(false_ones.front()).other_places, 0);
    EXPECT_EQ(facts(false_ones.back()).folded_into, false_ones.front());
    const std::int64_t staff = 3;
    EXPECT_EQ(notified(), 2 * staff);
    const auto fold = queue::list_fold(*database->read(), false_ones.front());
    EXPECT_EQ(fold.total, 105);
    EXPECT_EQ(fold.sender, "203.0.113.7");
    ASSERT_THAT(fold.folded, SizeIs(queue::most_listed_in_fold));
    EXPECT_EQ(fold.folded.front().id, false_ones.back());
}

TEST_F(FalseAlarms, EachAddressOfOneSenderRingsUntilThereAreTenAndThenTheLineNamesTheNewestAndRingsAgain)
{
    std::vector<ServiceRequestId> ids;
    for (int street = 1; street <= 10; ++street)
        ids.push_back(report({.address = std::to_string(street) + " Long Road"}));
    EXPECT_EQ(counts().lines(), 10);
    EXPECT_EQ(notified(), 10 * 3) << "ten streets for three of the staff";
    EXPECT_FALSE(facts(report({.address = "5 LONG road"})).rings_again);
    EXPECT_EQ(facts(ids[4]).folded, 1);

    const auto eleventh = report({.address = "11 Long Road"});
    EXPECT_EQ(facts(eleventh).folded_into, ids[4]) << "the line that got the newest";
    EXPECT_EQ(facts(ids[4]).newest_place, "11 Long Road");
    const EventId rang = facts(ids[4]).rings_again;
    EXPECT_TRUE(rang);
    report({.address = "12 Long Road"});
    EXPECT_EQ(facts(ids[4]).newest_place, "12 Long Road");
    EXPECT_GT(facts(ids[4]).rings_again, rang);
    EXPECT_EQ(facts(ids[4]).other_places, 2);
    EXPECT_EQ(counts().lines(), 10);
    EXPECT_EQ(counts().nobody_has(), 13);
    EXPECT_EQ(notified(), 10 * 3);
}

TEST_F(FalseAlarms, AWorseAnswerIsNeverFoldedIntoABetterOneAndTheWorstOfALineCounts)
{
    const auto everyone_out = report({.unable_to_leave = "no"});
    const auto not_sure = report({.unable_to_leave = "unknown"});
    EXPECT_THAT(lines(), ElementsAre(not_sure, everyone_out));
    const auto later = report({.unable_to_leave = "no"});
    EXPECT_EQ(facts(later).folded_into, not_sure);
    const auto newest = report({.address = "9 Oak Lane", .unable_to_leave = "no"});
    EXPECT_THAT(lines(), ElementsAre(not_sure, newest, everyone_out)) << "perhaps somebody inside is above the others";

    // As one from before this rule.
    database->write([&](db::Transaction& tx) {
        tx.apply("UPDATE service_servicerequest SET folded_into = $2 WHERE id = $1", not_sure, everyone_out);
    });
    EXPECT_EQ(facts(everyone_out).unable_to_leave, "unknown");
}

TEST_F(FalseAlarms, WhenTheFirstIsResolvedTheWorstAnswerLeadsTheRest)
{
    const auto first = report({.unable_to_leave = "unknown"});
    report({.unable_to_leave = "no"});
    const auto not_sure = report({.unable_to_leave = "unknown"});
    set_status(cast.ravi, first, Status::Resolved);
    EXPECT_THAT(lines(), ElementsAre(not_sure));
}

TEST_F(FalseAlarms, WhoTakesTheLineHasWhatThePageShowedAndTheLaterOnesRing)
{
    const auto ids = report_many(3);
    const std::string shown = position();
    const auto late = report_many(2);
    const auto result = take_shown(cast.ravi, ids[0], shown);
    EXPECT_EQ(result.taking, Taking::Done);
    EXPECT_EQ(result.taken, ids);
    EXPECT_EQ(result.left, late);
    EXPECT_THAT(lines(), ElementsAre(late[0]));
    EXPECT_EQ(facts(late[0]).folded, 1);
    EXPECT_EQ(counts().taken, 3);

    const auto blind = take_shown(cast.sofia, late[0], "nonsense");
    EXPECT_THAT(blind.taken, ElementsAre(late[0])) << "a page that does not say what it showed";
    EXPECT_THAT(lines(), ElementsAre(late[1]));
}

TEST_F(FalseAlarms, AWholeNetworkOfIPv6IsOneSender)
{
    EXPECT_EQ(http::subscriber_of("2001:db8:1:2:aaaa::1"), "2001:db8:1:2::/64");
    EXPECT_EQ(http::subscriber_of("2001:db8:1:2::99"), "2001:db8:1:2::/64");
    EXPECT_EQ(http::subscriber_of("2001:db8:1:3::99"), "2001:db8:1:3::/64");
    EXPECT_EQ(http::subscriber_of("::ffff:203.0.113.7"), "203.0.113.7");
    EXPECT_EQ(http::subscriber_of("203.0.113.7"), "203.0.113.7");
    EXPECT_EQ(http::subscriber_of("somewhere"), "somewhere");
}

TEST_F(FalseAlarms, WhatMayBeAnotherPersonIsALineOfItsOwn)
{
    const auto first = report({});
    const auto cannot_leave = report({.unable_to_leave = "yes"});
    const auto customer = report({.by = cast.mei});
    const auto neighbour = report({.by = cast.omar});
    const auto caller = report({.sender = ""});
    const auto other_caller = report({.sender = ""});
    EXPECT_THAT(lines(), ElementsAre(cannot_leave, other_caller, caller, neighbour, customer, first));
    report({.by = cast.mei});
    report({});
    EXPECT_EQ(counts().lines(), 6);
    report({.unable_to_leave = "yes"});
    EXPECT_EQ(counts().lines(), 7) << "each person who cannot leave is a line";
}

TEST_F(FalseAlarms, DifferentPeopleBehindOneAddressAreALineEachUntilThereAreTooMany)
{
    report_many(5);
    std::vector<ServiceRequestId> people;
    for (int i = 0; i < 7; ++i)
        people.push_back(report({.address = std::to_string(i) + " Oak Lane", .notes = "It hisses"}));
    EXPECT_EQ(counts().lines(), 1 + 7);
    const auto same_phone = report({.address = "Oak Lane, the red house", .phone = "518 555 0112"});
    EXPECT_FALSE(facts(report({.address = "21 Oak Lane", .phone = "518 555 0112"})).folded_into);
    EXPECT_FALSE(facts(same_phone).folded_into) << "one phone, two streets: two leaks";
    const auto same_place = report({.address = "5 OAK lane", .notes = "Still smells"});
    EXPECT_EQ(facts(same_place).folded_into, people[5]);
    EXPECT_EQ(counts().lines(), 1 + 7 + 2);
}

TEST_F(FalseAlarms, AFloodIsFewLinesWhateverItSaysAndHidesNobodyElse)
{
    for (int i = 0; i < 130; ++i)
        report({.address = std::to_string(i) + " Oak Lane",
            .phone = "518 555 " + std::to_string(1000 + i),
            .notes = "Number " + std::to_string(i)});
    EXPECT_EQ(counts().lines(), static_cast<std::int64_t>(queue::most_different));
    EXPECT_EQ(notified(), static_cast<std::int64_t>(3 * queue::most_different)) << "three of the staff";
    const auto cannot_leave = report({.address = "7 Elm Street", .unable_to_leave = "yes"});
    const auto real = report({.sender = "198.51.100.1", .address = "8 Elm Street"});
    EXPECT_FALSE(facts(cannot_leave).folded_into);
    EXPECT_FALSE(facts(real).folded_into);
}

TEST_F(FalseAlarms, AFloodOfPeopleWhoCannotLeaveHidesNobodyElse)
{
    for (int i = 0; i < 60; ++i)
        report({.address = std::to_string(i) + " Oak Lane", .unable_to_leave = "yes"});
    EXPECT_EQ(counts().lines(), static_cast<std::int64_t>(queue::most_different));
    for (int i = 0; i < 12; ++i)
        report({.sender = "198.51.100." + std::to_string(i), .unable_to_leave = "yes"});
    const auto real = report({.sender = "192.0.2.1", .address = "8 Elm Street"});
    report({.sender = "192.0.2.2", .unable_to_leave = "yes"});
    const auto on_top = ids_of(queue::list_first_and_longest_waiting(*database->read(), counts(), 3));
    EXPECT_THAT(on_top, ::testing::Contains(real));
    EXPECT_THAT(on_top, SizeIs(5));
}

TEST_F(FalseAlarms, ALaterOneThanADayOrAfterItWasTakenRingsAgain)
{
    const auto first = report({});
    EXPECT_EQ(take(cast.ravi, first), Taking::Done);
    const auto second = report({});
    EXPECT_THAT(lines(), ElementsAre(second));
    clock.advance(std::chrono::hours(25));
    const auto third = report({});
    EXPECT_THAT(lines(), ElementsAre(third, second));
}

TEST_F(FalseAlarms, WhoTakesTheLineHasThemAll)
{
    const auto ids = report_many(4);
    EXPECT_EQ(take(cast.ravi, ids[0]), Taking::Done);
    EXPECT_THAT(lines(), IsEmpty());
    EXPECT_EQ(counts().taken, 4);
    EXPECT_EQ(counts().folded, 0);
    EXPECT_EQ(take(cast.sofia, ids[3]), Taking::AlreadyTaken);
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM service_event WHERE kind = 'taken'"), 4);
}

TEST_F(FalseAlarms, WhoGivesTheLineBackGivesThemAllBackAndItIsOneLineAgain)
{
    const auto ids = report_many(4);
    take(cast.ravi, ids[0]);
    database->write([&](db::Transaction& tx) { actions::give_back_emergency(tx, act(cast.ravi), ids[0]); });
    EXPECT_THAT(lines(), ElementsAre(ids[0]));
    EXPECT_EQ(counts().folded, 3);
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM service_event WHERE kind = 'given_back'"), 4);
    take(cast.ravi, ids[0]);
    database->write([&](db::Transaction& tx) { actions::give_back_emergency(tx, act(cast.ravi), ids[2]); });
    EXPECT_THAT(lines(), ElementsAre(ids[2])) << "a line of its own, the others stay with Ravi";
    EXPECT_EQ(counts().taken, 3);
}

TEST_F(FalseAlarms, OneOfThemTakenStandsForItselfAndTheOthersStay)
{
    const auto ids = report_many(3);
    EXPECT_EQ(take(cast.ravi, ids[1]), Taking::Done);
    EXPECT_THAT(lines(), ElementsAre(ids[0]));
    EXPECT_EQ(facts(ids[0]).folded, 1);
    EXPECT_FALSE(facts(ids[1]).folded_into);
    EXPECT_FALSE(facts(ids[0]).taken_by);
}

TEST_F(FalseAlarms, WhenTheFirstIsResolvedTheNextStandsForTheRest)
{
    const auto ids = report_many(4);
    set_status(cast.ravi, ids[0], Status::Resolved);
    EXPECT_THAT(lines(), ElementsAre(ids[1]));
    EXPECT_EQ(facts(ids[1]).folded, 2);
    set_status(cast.ravi, ids[2], Status::Resolved);
    EXPECT_EQ(facts(ids[1]).folded, 1);
    set_status(cast.ravi, ids[1], Status::Resolved);
    EXPECT_THAT(lines(), ElementsAre(ids[3]));
    EXPECT_EQ(counts().open, 1);
    EXPECT_EQ(counts().folded, 0);
}

TEST_F(FalseAlarms, AllAreResolvedAtOnceWithTheReasonInEachHistory)
{
    const auto ids = report_many(5);
    EXPECT_THAT(resolve(cast.ravi, ids[0], ids[4]), SizeIs(5));
    EXPECT_THAT(lines(), IsEmpty());
    EXPECT_EQ(counts().open, 0);
    EXPECT_EQ(queue::count_queue(*database->read(), clock.now()).open, 0);
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM service_event WHERE kind = 'false_alarm'"
                              " AND visibility = 'internal' AND after_value = 'A prank'"),
        5);
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM service_event WHERE kind = 'resolved'"), 5);
    EXPECT_EQ(seen_by(cast.ravi, ids[3]).version, 2);
    EXPECT_THAT(resolve(cast.ravi, ids[0], ids[4]), IsEmpty());
}

TEST_F(FalseAlarms, WhatCameInSinceThePageWasShownStaysOpen)
{
    const auto ids = report_many(3);
    const auto later = report({.address = "8 Elm Street"});
    EXPECT_THAT(resolve(cast.ravi, ids[0], ids[2]), SizeIs(3));
    EXPECT_THAT(lines(), ElementsAre(later));
    EXPECT_FALSE(facts(later).folded_into);
    EXPECT_EQ(counts().folded, 0);
}

TEST_F(FalseAlarms, OfTheSameAddressWhatCameInSinceThePageWasShownStaysOpen)
{
    const auto ids = report_many(3);
    const auto later = report({.address = "1 False Street"});
    EXPECT_THAT(resolve(cast.ravi, ids[0], ids[2]), SizeIs(3));
    EXPECT_THAT(lines(), ElementsAre(later));
}

TEST_F(FalseAlarms, NothingOfAnotherFoldAndNoOrdinaryRequestIsResolved)
{
    const auto other = report({.sender = "198.51.100.1"});
    const auto bill = submit(cast.mei, "Bill", "billing");
    const auto ids = report_many(2);
    EXPECT_THAT(resolve(cast.ravi, ids[0], ServiceRequestId{9999}), SizeIs(2));
    EXPECT_THAT(resolve(cast.ravi, bill, ServiceRequestId{9999}), IsEmpty());
    EXPECT_THAT(lines(), ElementsAre(other));
}

TEST_F(FalseAlarms, WhatAColleagueTookMeanwhileIsNotResolvedAndHasAName)
{
    const auto ids = report_many(3);
    take(cast.sofia, ids[0]);
    const auto all_taken = resolve_shown(cast.ravi, ids, ids[2]);
    EXPECT_THAT(all_taken.resolved, IsEmpty());
    ASSERT_THAT(all_taken.held, SizeIs(3));
    EXPECT_EQ(all_taken.held[0].by_name, "Sofia Marchetti");
    EXPECT_EQ(all_taken.held[0].since, clock.now());
    EXPECT_EQ(counts().open, 3);
    EXPECT_THAT(resolve_shown(cast.sofia, ids, ids[2]).resolved, SizeIs(3)) << "her own";
}

TEST_F(FalseAlarms, OneThatAColleagueTookForItselfKeepsTheOthersOpenUntilAskedAgain)
{
    const auto ids = report_many(3);
    take(cast.sofia, ids[1]);
    const auto late = resolve_shown(cast.ravi, ids, ids[2]);
    EXPECT_THAT(late.resolved, IsEmpty());
    ASSERT_THAT(late.held, SizeIs(1));
    EXPECT_EQ(late.held[0].id, ids[1]);
    EXPECT_EQ(counts().open, 3);
    EXPECT_THAT(resolve_shown(cast.ravi, {ids[0], ids[2]}, ids[2]).resolved, SizeIs(2));
    EXPECT_EQ(counts().open, 1);
    EXPECT_EQ(facts(ids[1]).taken_by, cast.sofia.user_id);
}

TEST_F(FalseAlarms, OnlyStaffCallThemFalse)
{
    const auto ids = report_many(2);
    EXPECT_THROW(resolve(cast.mei, ids[0], ids[1]), base::Forbidden);
    EXPECT_THROW(resolve({}, ids[0], ids[1]), base::Forbidden);
    EXPECT_EQ(counts().open, 2);
}

TEST_F(FalseAlarms, ReopenedOneRingsForItself)
{
    const auto ids = report_many(3);
    resolve(cast.ravi, ids[0], ids[2]);
    set_status(cast.ravi, ids[2], Status::Pending);
    EXPECT_THAT(lines(), ElementsAre(ids[2]));
    EXPECT_FALSE(facts(ids[2]).folded_into);
}

} // namespace
