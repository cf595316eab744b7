#include "actions/change_status.hpp"
#include "actions/emergencies/resolve_false_alarms.hpp"
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

TEST_F(EndOfEmergencies, AReopenedOneIsAskedAboutAgain)
{
    const auto id = submit(cast.mei, "Gas", "gas-leak");
    resolve(id, EmergencyEnd{.reason = "Repaired"});
    EXPECT_EQ(set_status(cast.mei, id, Status::Pending), StatusChange::Done);
    EXPECT_EQ(resolve(id, std::nullopt, 3), StatusChange::NotSafeYet);
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
