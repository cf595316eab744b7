#include "events/event.hpp"

#include "support/service_desk.hpp"

#include <gmock/gmock.h>

using namespace events;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

namespace {

class Events : public support::ServiceDesk
{
  protected:
    EventId add(const base::Visitor& by, const NewEvent& event)
    {
        return database->write([&](db::Transaction& tx) {
            add_event(tx, act(by), event);
            return latest_event(tx);
        });
    }
};

} // namespace

TEST_F(Events, EverythingIsKeptAsItWasWritten)
{
    const auto before = latest_event(*database->read());
    const auto id = add(cast.sofia, {.subject = Subject::Export,
                                        .kind = events::Kind::Exported,
                                        .before_value = "12",
                                        .after_value = "status=Pending"});

    const auto tail = list_events_after(*database->read(), before, 10);
    ASSERT_THAT(tail, SizeIs(1));
    EXPECT_EQ(tail[0].id, id);
    EXPECT_EQ(tail[0].subject, Subject::Export);
    EXPECT_EQ(tail[0].kind, events::Kind::Exported);
    EXPECT_EQ(tail[0].actor_name, "Sofia Marchetti");
    EXPECT_TRUE(tail[0].actor_is_staff);
    EXPECT_EQ(tail[0].before_value, "12");
    EXPECT_EQ(tail[0].after_value, "status=Pending");
    EXPECT_EQ(tail[0].visibility, base::Visibility::Internal);
    EXPECT_EQ(tail[0].comment_id, CommentId{});
    EXPECT_EQ(tail[0].created_at, clock.now());
}

TEST_F(Events, AGuestsEventHasNoActor)
{
    add({}, {.subject_id = 7, .kind = events::Kind::Submitted, .visibility = base::Visibility::Public});

    const auto events = list_status_events(*database->read(), ServiceRequestId{7}, base::Visibility::Public);
    ASSERT_THAT(events, SizeIs(1));
    EXPECT_EQ(events[0].actor_id, UserId{});
    EXPECT_EQ(events[0].actor_name, "");
    EXPECT_FALSE(events[0].actor_is_staff);
}

TEST_F(Events, HistoriesOfDifferentSubjectsStayApart)
{
    add({}, {.subject = Subject::Account, .subject_id = 700, .kind = events::Kind::Changed});
    add({}, {.subject = Subject::User, .subject_id = 700, .kind = events::Kind::Changed});

    EXPECT_THAT(list_events(*database->read(), Subject::Account, 700, base::Visibility::Internal), SizeIs(1));
    EXPECT_THAT(list_events(*database->read(), Subject::Account, 700, base::Visibility::Public), IsEmpty());
    EXPECT_THAT(list_events(*database->read(), Subject::ServiceRequest, 700, base::Visibility::Internal), IsEmpty());
}

TEST_F(Events, AStatusIsNotLostBehindALongConversationAndInternalOnesAreForStaff)
{
    const auto seen = [&](base::Visibility deepest) {
        std::vector<events::Kind> kinds;
        for (const auto& event : list_status_events(*database->read(), ServiceRequestId{7}, deepest))
            kinds.push_back(event.kind);
        return kinds;
    };
    add(cast.mei, {.subject_id = 7, .kind = events::Kind::Submitted, .visibility = base::Visibility::Public});
    for (std::size_t i = 0; i < events::most_listed; ++i)
        add(cast.mei, {.subject_id = 7, .kind = events::Kind::Commented, .visibility = base::Visibility::Public});
    add(cast.ravi, {.subject_id = 7, .kind = events::Kind::Resolved, .visibility = base::Visibility::Public});
    add(cast.ravi, {.subject_id = 7, .kind = events::Kind::Reopened});
    add(cast.ravi, {.subject_id = 8, .kind = events::Kind::Resolved, .visibility = base::Visibility::Public});

    EXPECT_THAT(seen(base::Visibility::Public), ElementsAre(events::Kind::Submitted, events::Kind::Resolved));
    EXPECT_THAT(seen(base::Visibility::Internal),
        ElementsAre(events::Kind::Submitted, events::Kind::Resolved, events::Kind::Reopened));
}

TEST_F(Events, OfALongHistoryTheNewestAreListedFirst)
{
    for (int i = 0; i < 5; ++i)
        add(cast.ada, {.subject = Subject::User, .subject_id = 700, .kind = events::Kind::SignedIn});
    const auto newest = add(cast.ada, {.subject = Subject::User, .subject_id = 700, .kind = events::Kind::Locked});
    add(cast.ada, {.subject = Subject::User, .subject_id = 701, .kind = events::Kind::Locked});

    const auto listed = list_newest_events(*database->read(), Subject::User, 700, 3);
    ASSERT_THAT(listed, SizeIs(3));
    EXPECT_EQ(listed.front().id, newest);
    EXPECT_GT(listed[0].id, listed[1].id);
    EXPECT_GT(listed[1].id, listed[2].id);
}

TEST_F(Events, TheTailIsFollowedInStepsWithoutLosingOrRepeating)
{
    const auto start = latest_event(*database->read());
    for (int i = 0; i < 5; ++i) {
        add({}, {.subject_id = i + 1, .kind = events::Kind::Commented});
    }
    const auto first = list_events_after(*database->read(), start, 3);
    ASSERT_THAT(first, SizeIs(3));
    const auto second = list_events_after(*database->read(), first.back().id, 3);
    ASSERT_THAT(second, SizeIs(2));
    EXPECT_EQ(second.front().subject_id, 4);
    EXPECT_EQ(second.back().id, latest_event(*database->read()));
    EXPECT_THAT(list_events_after(*database->read(), second.back().id, 3), IsEmpty());
}
