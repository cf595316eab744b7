#include "actions/change_user.hpp"
#include "actions/emergencies/give_back_emergency.hpp"
#include "actions/emergencies/take_emergency.hpp"
#include "actions/emergencies/take_over_emergency.hpp"

#include "base/error.hpp"
#include "events/event.hpp"
#include "queue/emergencies.hpp"
#include "support/service_desk.hpp"

#include <gmock/gmock.h>

using service_requests::Status;
using service_requests::Taking;
using support::ids_of;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

class TakenEmergencies : public support::ServiceDesk
{
  protected:
    Taking take(const base::Visitor& by, ServiceRequestId id)
    {
        return database->write(
            [&](db::Transaction& tx) { return actions::take_emergency(tx, act(by), {.id = id}).taking; });
    }
    bool give_back(const base::Visitor& by, ServiceRequestId id)
    {
        return database->write([&](db::Transaction& tx) { return actions::give_back_emergency(tx, act(by), id); });
    }
    Taking take_over(const base::Visitor& by, ServiceRequestId id, const base::Visitor& from)
    {
        return database->write([&](db::Transaction& tx) {
            return actions::take_over_emergency(tx, act(by), {.id = id}, from.user_id).taking;
        });
    }
    std::vector<ServiceRequestId> waiting() { return ids_of(queue::list_waiting_emergencies(*database->read())); }
    queue::EmergencyCounts counts() { return queue::count_emergencies(*database->read()); }
    std::int64_t unread(const base::Visitor& user)
    {
        return notifications::count_unread(*database->read(), user.user_id);
    }
    std::int64_t taken_events()
    {
        return database.number("SELECT COUNT(*) FROM service_event WHERE kind = 'taken' AND visibility = 'internal'");
    }
};

TEST_F(TakenEmergencies, WhoHasItIsKnownAndNobodyElseIsAskedAnyMore)
{
    const auto first = submit(cast.mei, "Gas", "gas-leak");
    clock.advance(std::chrono::minutes(1));
    const auto second = submit({}, "Gas", "gas-leak");
    EXPECT_THAT(waiting(), ElementsAre(second, first));

    EXPECT_EQ(take(cast.ravi, first), Taking::Done);

    EXPECT_THAT(waiting(), ElementsAre(second));
    EXPECT_EQ(counts().open, 2);
    EXPECT_EQ(counts().taken, 1);
    EXPECT_EQ(counts().oldest_taken, seen_by(cast.ravi, first).submitted_at);
    const auto facts = queue::find_emergency_facts(*database->read(), seen_by(cast.sofia, first));
    EXPECT_EQ(facts.taken_by, cast.ravi.user_id);
    EXPECT_EQ(facts.taken_by_name, "Ravi Patel");
    EXPECT_EQ(facts.taken_at, clock.now());
    EXPECT_EQ(taken_events(), 1);
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM service_participant"), 1);
}

TEST_F(TakenEmergencies, TheSecondOneIsRefusedAndWritesNothing)
{
    const auto id = submit(cast.mei, "Gas", "gas-leak");
    EXPECT_EQ(take(cast.ravi, id), Taking::Done);
    EXPECT_EQ(take(cast.sofia, id), Taking::AlreadyTaken);
    EXPECT_EQ(take(cast.ravi, id), Taking::AlreadyYours);
    EXPECT_EQ(taken_events(), 1);
    EXPECT_EQ(queue::find_emergency_facts(*database->read(), seen_by(cast.sofia, id)).taken_by, cast.ravi.user_id);
}

TEST_F(TakenEmergencies, ThereIsNothingToTakeOfAResolvedOneOrAnother)
{
    const auto leak = submit(cast.mei, "Gas", "gas-leak");
    set_status(cast.sofia, leak, Status::Resolved);
    EXPECT_EQ(take(cast.ravi, leak), Taking::Over);
    EXPECT_EQ(take(cast.ravi, submit(cast.mei, "Bill", "billing")), Taking::Over);
    EXPECT_THROW(take(cast.ravi, ServiceRequestId{999}), base::NotFound);
    EXPECT_EQ(taken_events(), 0);
}

TEST_F(TakenEmergencies, ReopenedNobodyHasIt)
{
    const auto id = submit(cast.mei, "Gas", "gas-leak");
    take(cast.ravi, id);
    set_status(cast.ravi, id, Status::Resolved);
    EXPECT_THAT(waiting(), IsEmpty());
    EXPECT_EQ(counts().open, 0);
    set_status(cast.mei, id, Status::Pending);
    EXPECT_THAT(waiting(), ElementsAre(id));
    EXPECT_EQ(counts().taken, 0);
    EXPECT_EQ(take(cast.sofia, id), Taking::Done);
}

TEST_F(TakenEmergencies, WhoCannotGoOnGivesItBackAndItRingsAgain)
{
    const auto id = submit(cast.mei, "Gas", "gas-leak");
    take(cast.ravi, id);
    EXPECT_FALSE(give_back(cast.sofia, id));
    EXPECT_TRUE(give_back(cast.ravi, id));
    EXPECT_FALSE(give_back(cast.ravi, id));
    EXPECT_THAT(waiting(), ElementsAre(id));
    const auto facts = queue::find_emergency_facts(*database->read(), seen_by(cast.sofia, id));
    EXPECT_FALSE(facts.taken_by);
    EXPECT_TRUE(facts.rings_again) << "the alarm has another name than the first time";
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM service_event WHERE kind = 'given_back'"
                              " AND visibility = 'internal'"),
        1);
    EXPECT_EQ(take(cast.sofia, id), Taking::Done);
    EXPECT_THROW(give_back(cast.mei, id), base::Forbidden);
    set_status(cast.sofia, id, Status::Resolved);
    EXPECT_FALSE(give_back(cast.sofia, id));
}

TEST_F(TakenEmergencies, AnotherOneTakesItOverFromWhomTheyWereAskedAbout)
{
    const auto id = submit(cast.mei, "Gas", "gas-leak");
    take(cast.ravi, id);
    EXPECT_EQ(take_over(cast.sofia, id, cast.ada), Taking::AlreadyTaken) << "the question was about Ada";
    clock.advance(std::chrono::minutes(12));
    EXPECT_EQ(take_over(cast.sofia, id, cast.ravi), Taking::TakenOver);
    EXPECT_EQ(take_over(cast.sofia, id, cast.ravi), Taking::AlreadyYours);
    EXPECT_EQ(take_over(cast.ada, id, cast.ravi), Taking::AlreadyTaken);
    const auto facts = queue::find_emergency_facts(*database->read(), seen_by(cast.ada, id));
    EXPECT_EQ(facts.taken_by, cast.sofia.user_id);
    EXPECT_EQ(facts.taken_at, clock.now());
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM service_event WHERE kind = 'taken_over'"
                              " AND before_value = 'Ravi Patel'"),
        1);
    EXPECT_THROW(take_over(cast.mei, id, cast.sofia), base::Forbidden);
    EXPECT_THAT(
        messages_to(cast.ravi), ElementsAre("Sofia Marchetti took over SR-00001", "A gas leak was reported: SR-00001"));
    give_back(cast.sofia, id);
    EXPECT_EQ(take_over(cast.ada, id, cast.sofia), Taking::Done) << "nobody had it any more";
    set_status(cast.ada, id, Status::Resolved);
    EXPECT_EQ(take_over(cast.ravi, id, cast.ada), Taking::Over);
    EXPECT_THROW(take_over(cast.ravi, ServiceRequestId{999}, cast.ada), base::NotFound);
}

TEST_F(TakenEmergencies, WhoTakesItHasReadThatItIsThereButNotWhatTheCustomerWrites)
{
    const auto id = submit(cast.mei, "Gas", "gas-leak");
    take(cast.ravi, id);
    EXPECT_EQ(unread(cast.ravi), 0);
    EXPECT_EQ(unread(cast.sofia), 1);
    comment(cast.mei, id, "It hisses");
    EXPECT_EQ(take_over(cast.sofia, id, cast.ravi), Taking::TakenOver);
    EXPECT_EQ(unread(cast.sofia), 0);
    EXPECT_EQ(unread(cast.ravi), 2) << "the comment, and that Sofia has it";
    EXPECT_EQ(take_over(cast.ravi, id, cast.sofia), Taking::TakenOver);
    EXPECT_EQ(unread(cast.ravi), 1) << "the comment";
    EXPECT_EQ(unread(cast.sofia), 1);
}

TEST_F(TakenEmergencies, OfSomebodyWhoLeavesTheDeskTheyRingAgain)
{
    const auto id = submit(cast.mei, "Gas", "gas-leak");
    const auto change = [&](base::Role role, bool is_active) {
        database->write([&](db::Transaction& tx) {
            const auto user = users::get_user(tx, cast.ravi.user_id);
            EXPECT_EQ(actions::change_user(tx, act(cast.ada), user.id,
                          {.first_name = user.first_name,
                              .last_name = user.last_name,
                              .email = user.email,
                              .phone = user.phone,
                              .role = role,
                              .is_active = is_active,
                              .version = user.version}),
                users::UserUpdate::Done);
        });
    };
    take(cast.ravi, id);
    change(base::Role::Supervisor, true);
    EXPECT_EQ(counts().taken, 1) << "still of the desk";
    change(base::Role::Supervisor, false);
    EXPECT_THAT(waiting(), ElementsAre(id));
    EXPECT_TRUE(queue::find_emergency_facts(*database->read(), seen_by(cast.sofia, id)).rings_again);
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM service_event WHERE kind = 'given_back'"
                              " AND before_value = 'Ravi Patel' AND visibility = 'internal'"),
        1);
    change(base::Role::Representative, true);
    take(cast.ravi, id);
    change(base::Role::Customer, true);
    EXPECT_THAT(waiting(), ElementsAre(id));
}

TEST_F(TakenEmergencies, TheAlarmKnowsThatItWasReopenedAndWhatTheCustomerWrote)
{
    const auto id = submit(cast.mei, "Gas", "gas-leak");
    const auto facts = [&] { return queue::find_emergency_facts(*database->read(), seen_by(cast.ravi, id)); };
    EXPECT_FALSE(facts().is_reopened);
    EXPECT_FALSE(facts().new_message);
    set_status(cast.ravi, id, Status::Resolved);
    comment(cast.mei, id, "Nobody was here! It still hisses");
    if (seen_by(cast.ravi, id).status == Status::Resolved)
        set_status(cast.mei, id, Status::Pending);
    EXPECT_TRUE(facts().is_reopened);
    EXPECT_EQ(facts().new_message, "Nobody was here! It still hisses");
}

TEST_F(TakenEmergencies, AFormThatSomebodyHasOpenStaysGood)
{
    const auto id = submit(cast.mei, "Gas", "gas-leak");
    const auto version = seen_by(cast.sofia, id).version;
    take(cast.ravi, id);
    EXPECT_EQ(seen_by(cast.sofia, id).version, version);
}

TEST_F(TakenEmergencies, NeitherCustomersNorFormerStaffTakeOne)
{
    const auto id = submit(cast.mei, "Gas", "gas-leak");
    EXPECT_THROW(take(cast.mei, id), base::Forbidden);
    EXPECT_THROW(take({}, id), base::Forbidden);
    database->write(
        [&](db::Transaction& tx) { tx.apply("UPDATE auth_user SET is_active = 0 WHERE id = $1", cast.ravi.user_id); });
    EXPECT_THROW(take(cast.ravi, id), base::Forbidden);
    EXPECT_THAT(waiting(), ElementsAre(id));
}

TEST_F(TakenEmergencies, TheFactsOfManyAreOneList)
{
    std::vector<service_requests::ServiceRequest> requests;
    for (int i = 0; i < 6; ++i) {
        const auto id = submit(cast.mei, "Gas", i % 2 == 0 ? "gas-leak" : "billing");
        requests.push_back(seen_by(cast.ravi, id));
    }
    take(cast.ada, requests[2].id);
    const auto facts = queue::list_emergency_facts(*database->read(), requests);
    EXPECT_EQ(facts.size(), 3U);
    EXPECT_EQ(facts.at(requests[2].id).taken_by, cast.ada.user_id);
    EXPECT_FALSE(facts.at(requests[0].id).taken_by);
    EXPECT_FALSE(facts.at(requests[0].id).answers.has_value());
}

} // namespace
