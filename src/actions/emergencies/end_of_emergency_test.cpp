#include "actions/change_status.hpp"
#include "actions/emergencies/resolve_false_alarms.hpp"
#include "actions/emergencies/take_emergency.hpp"
#include "base/error.hpp"
#include "events/event.hpp"
#include "support/service_desk.hpp"

#include <gmock/gmock.h>

#include <optional>

using actions::EmergencyEnd;
using actions::Finding;
using service_requests::Status;
using service_requests::StatusChange;
using testing::ElementsAre;
using testing::IsSupersetOf;

namespace {

class EndOfEmergencies : public support::ServiceDesk
{
  protected:
    StatusChange resolve(ServiceRequestId id, std::optional<EmergencyEnd> end, std::int64_t version = 1)
    {
        return database->write([&](db::Transaction& tx) {
            return actions::change_status(tx, act(cast.ravi),
                {.service_request = id,
                    .status = Status::Resolved,
                    .version = version,
                    .comments = {{.service_request = id, .text = "We were there"}},
                    .end = std::move(end)});
        });
    }
    std::vector<std::string> internal_history(ServiceRequestId id)
    {
        std::vector<std::string> lines;
        for (const auto& event : events::list_events(
                 *database->read(), events::Subject::ServiceRequest, id.value, base::Visibility::Internal)) {
            if (event.visibility == base::Visibility::Internal)
                lines.push_back(std::string(events::kind_name(event.kind)) + ": " + event.after_value);
        }
        return lines;
    }
    Status status(ServiceRequestId id) { return seen_by(cast.ravi, id).status; }
};

TEST_F(EndOfEmergencies, AnOpenLeakStaysOpenUntilSomebodySaysHowItEnded)
{
    const auto id = submit(cast.mei, "Gas", "gas-leak");
    EXPECT_EQ(resolve(id, std::nullopt), StatusChange::NotSafeYet);
    EXPECT_EQ(resolve(id, EmergencyEnd{.reason = " \n "}), StatusChange::NotSafeYet);
    EXPECT_EQ(resolve(id, std::nullopt, 7), StatusChange::Stale);
    EXPECT_EQ(status(id), Status::Pending);
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM service_comment"), 0);
    EXPECT_EQ(
        database.number("SELECT COUNT(*) FROM service_event WHERE subject = 'service_request' AND kind <> 'submitted'"),
        0);

    EXPECT_EQ(resolve(id, EmergencyEnd{.reason = "Meter valve replaced, 0 % at three places"}), StatusChange::Done);
    EXPECT_EQ(status(id), Status::Resolved);
    EXPECT_THAT(internal_history(id), ElementsAre("made_safe: Meter valve replaced, 0 % at three places"));
    EXPECT_EQ(resolve(id, std::nullopt, 2), StatusChange::AlreadySo);
}

TEST_F(EndOfEmergencies, ALoneLeakMayBeAFalseAlarm)
{
    const auto id = submit({}, "Gas", "gas-leak");
    EXPECT_EQ(resolve(id, EmergencyEnd{.finding = Finding::FalseAlarm, .reason = "Paint thinner"}), StatusChange::Done);
    EXPECT_THAT(internal_history(id), ElementsAre("false_alarm: Paint thinner"));
}

TEST_F(EndOfEmergencies, AnOrdinaryRequestIsResolvedWithoutAQuestion)
{
    const auto id = submit(cast.mei, "Bill", "billing");
    EXPECT_EQ(resolve(id, EmergencyEnd{.reason = "Not asked for"}), StatusChange::Done);
    EXPECT_THAT(internal_history(id), ElementsAre());
    EXPECT_EQ(resolve(submit(cast.mei, "Bill", "billing"), std::nullopt), StatusChange::Done);
}

TEST_F(EndOfEmergencies, WhoHadItIsToldThatAColleagueEndedIt)
{
    const auto take = [&](ServiceRequestId id, const base::Visitor& by) {
        database->write([&](db::Transaction& tx) { actions::take_emergency(tx, act(by), {.id = id}); });
    };
    const auto end = [&](Finding finding, const base::Visitor& has_it) {
        const auto id = submit(cast.mei, "Gas", "gas-leak");
        take(id, has_it);
        EXPECT_EQ(resolve(id, EmergencyEnd{.finding = finding, .reason = "Checked"}), StatusChange::Done);
    };
    end(Finding::MadeSafe, cast.sofia);
    clock.advance(std::chrono::minutes(1));
    end(Finding::FalseAlarm, cast.sofia);
    clock.advance(std::chrono::minutes(1));
    end(Finding::MadeSafe, cast.ravi);
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM service_notification WHERE kind LIKE 'emergency_%'"), 2)
        << "Ravi ended the third one himself";
    EXPECT_THAT(messages_to(cast.sofia), IsSupersetOf({"Ravi Patel resolved SR-00001, which you had",
                                             "Ravi Patel resolved SR-00002, which you had, as a false alarm"}));
    EXPECT_EQ(
        database.number("SELECT COUNT(*) FROM service_notification n JOIN service_comment c ON c.id = n.comment_id"
                        " WHERE n.kind LIKE 'emergency_%' AND c.text = 'We were there'"),
        2);
}

TEST_F(EndOfEmergencies, WhoHadItMayNotWantToHearOfIt)
{
    database->write([&](db::Transaction& tx) {
        tx.apply("INSERT INTO service_notification_choice (user_id, occasion, site) VALUES ($1, 'taken_over', 0)",
            cast.sofia.user_id);
    });
    const auto id = submit(cast.mei, "Gas", "gas-leak");
    database->write([&](db::Transaction& tx) { actions::take_emergency(tx, act(cast.sofia), {.id = id}); });
    resolve(id, EmergencyEnd{.reason = "Repaired"});
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM service_notification WHERE kind LIKE 'emergency_%'"), 0);
}

TEST_F(EndOfEmergencies, AReopenedOneIsAskedAboutAgain)
{
    const auto id = submit(cast.mei, "Gas", "gas-leak");
    resolve(id, EmergencyEnd{.reason = "Repaired"});
    EXPECT_EQ(set_status(cast.mei, id, Status::Pending), StatusChange::Done);
    EXPECT_EQ(resolve(id, std::nullopt, 3), StatusChange::NotSafeYet);
}

TEST_F(EndOfEmergencies, ManyAtOnceAreNotResolvedOverWhatTheCustomerWroteSince)
{
    const auto id = submit(cast.mei, "Gas", "gas-leak");
    const CommentId seen = comment(cast.mei, id, "It hisses");
    const CommentId newer = comment(cast.mei, id, "My neighbor smells it too");
    const auto resolve_all = [&](CommentId shown) {
        return database->write([&](db::Transaction& tx) {
            return actions::resolve_false_alarms(
                tx, act(cast.ravi), {.fold = {.first = id, .newest = id}, .end = {.reason = "Paint"}, .seen = shown});
        });
    };
    const auto asked = resolve_all(seen);
    ASSERT_TRUE(asked.unseen);
    EXPECT_EQ(asked.unseen->text, "My neighbor smells it too");
    EXPECT_EQ(status(id), Status::Pending);
    EXPECT_THAT(resolve_all(newer).resolved, ElementsAre(id));
    EXPECT_EQ(status(id), Status::Resolved);
}

TEST_F(EndOfEmergencies, ManyAtOnceNeedAReasonToo)
{
    const auto id = submit({}, "Gas", "gas-leak");
    EXPECT_THROW(database->write([&](db::Transaction& tx) {
        return actions::resolve_false_alarms(
            tx, act(cast.ravi), {.fold = {.first = id, .newest = id}, .end = {.reason = " "}});
    }),
        base::BadRequest);
    EXPECT_EQ(status(id), Status::Pending);
}

} // namespace
