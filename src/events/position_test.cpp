#include "events/position.hpp"
#include "support/service_desk.hpp"

#include <gmock/gmock.h>

namespace events {

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Position : public support::ServiceDesk
{
  protected:
    std::string now() { return position_now(*database->read()); }
    std::vector<EventId> new_events(std::string_view from)
    {
        const db::ReadLease lease = database->read();
        std::vector<EventId> ids;
        const auto found = list_new_events(*lease, from, position_now(*lease));
        for (const Event& event : found.value())
            ids.push_back(event.id);
        return ids;
    }
    bool is_told_one_by_one(std::string_view from)
    {
        const db::ReadLease lease = database->read();
        return list_new_events(*lease, from, position_now(*lease)).has_value();
    }
    EventId add(std::int64_t subject = 1)
    {
        return database->write([&](db::Transaction& tx) {
            add_event(tx, base::act_of({}, clock.now()),
                {.subject = Subject::Export, .subject_id = subject, .kind = events::Kind::Exported});
            return latest_event(tx);
        });
    }
};

} // namespace

TEST_F(Position, LeavesOutWhatWasThereAndTellsWhatCameSince)
{
    add();
    const std::string before = now();
    EXPECT_THAT(new_events(before), IsEmpty());

    const EventId first = add();
    const EventId second = add();

    EXPECT_THAT(new_events(before), ElementsAre(first, second));
    EXPECT_THAT(new_events(now()), IsEmpty());
}

TEST_F(Position, OfTheBeginningTellsEverything)
{
    const std::string empty = database->engine() == db::Engine::Sqlite ? "0" : "1:1::0";

    EXPECT_THAT(
        new_events(empty), SizeIs(static_cast<std::size_t>(database.number("SELECT COUNT(*) FROM service_event"))));
}

TEST_F(Position, TooFarBehindOrOfAnotherDatabaseIsNotToldOneByOne)
{
    const std::string before = now();
    database->write([&](db::Transaction& tx) {
        for (std::size_t i = 0; i < most_new_events; ++i)
            add_event(tx, base::act_of({}, clock.now()),
                {.subject = Subject::Export, .subject_id = 1, .kind = events::Kind::Exported});
    });
    EXPECT_TRUE(is_told_one_by_one(before));
    add();
    EXPECT_FALSE(is_told_one_by_one(before));

    EXPECT_FALSE(is_told_one_by_one("4000000000000"));
    EXPECT_FALSE(is_told_one_by_one("4000000000000:4000000000000::0"));
}

TEST_F(Position, IsNothingElseThanWhatWeWrite)
{
    for (const char* text : {"", "x", "-1", "7:7:", "7:7:8", "7:7::", "7:7:8,:1", "7:7:,8:1", "7:7:8}:1", "7:7:8:1:1",
             "7 :7::1", "1'; --", "1:1:{1}:1", "1:1:'x':1", "99999999999999999999", "1:99999999999999999999::1",
             "1:1:99999999999999999999:1"})
        EXPECT_FALSE(is_told_one_by_one(text)) << text;
}

} // namespace events
