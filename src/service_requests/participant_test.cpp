#include "service_requests/participant.hpp"

#include "db/testing.hpp"
#include "support/service_desk.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::int64_t> list_participants(db::Database& database)
{
    return db::map_rows(
        database.read()->query("SELECT user_id FROM service_participant ORDER BY service_request_id, user_id"),
        [](const db::Row& row) { return row.integer(0); });
}

using Participants = support::ServiceDesk;

TEST_F(Participants, AreTheStaffWhoActedOnceEach)
{
    const auto id = submit(cast.mei, "Boiler is cold");
    comment(cast.mei, id, "Please hurry");
    EXPECT_THAT(list_participants(*database), IsEmpty());

    comment(cast.ravi, id, "Crew is late", base::Visibility::Internal);
    comment(cast.ravi, id, "We are coming");
    set_status(cast.sofia, id, service_requests::Status::Resolved);
    set_status(cast.mei, id, service_requests::Status::Pending);

    EXPECT_THAT(list_participants(*database), ElementsAre(cast.ravi.user_id.value, cast.sofia.user_id.value));
}

/// A database of the day before participants were kept.
class EarlierDatabase : public db::testing::DatabaseTest
{
  protected:
    EarlierDatabase()
    {
        const auto known = db::migrations(database->engine());
        const auto first = std::find_if(
            known.begin(), known.end(), [](const db::Migration& migration) { return migration.name >= "0012"; });
        db::migrate(*database, known.first(static_cast<std::size_t>(first - known.begin())));
    }
};

TEST_F(EarlierDatabase, IsReadForItsParticipants)
{
    database->write([](db::Transaction& tx) {
        tx.apply(R"(INSERT INTO auth_user (id, username, password, role, date_joined) VALUES
            (1, 'mei', '!', 'customer', 0), (2, 'ravi', '!', 'representative', 0), (3, 'sofia', '!', 'supervisor', 0),
            (4, 'ada', '!', 'administrator', 0))");
        tx.apply(
            R"(INSERT INTO service_servicerequest (id, user_id, request_type_id, description, submitted_at, updated_at)
            VALUES (1, 1, 1, 'Boiler is cold', 0, 0))");
        tx.apply(R"(INSERT INTO service_comment (service_request_id, user_id, text, visibility, created_at) VALUES
            (1, 1, 'Please hurry', 'public', 0), (1, 2, 'Late', 'internal', 0), (1, 2, 'Coming', 'public', 0),
            (1, NULL, 'By the link', 'public', 0))");
        tx.apply(R"(INSERT INTO service_event (subject, subject_id, actor_id, kind, created_at) VALUES
            ('service_request', 1, 1, 'reopened', 0), ('service_request', 1, 3, 'resolved', 0),
            ('service_request', 1, 4, 'viewed', 0), ('user', 1, 4, 'resolved', 0))");
    });

    db::migrate(*database);

    EXPECT_THAT(list_participants(*database), ElementsAre(2, 3));
}

} // namespace
