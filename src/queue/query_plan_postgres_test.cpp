#include "attachments/attachment.hpp"
#include "events/event.hpp"
#include "queue/overview.hpp"
#include "queue/queue_sql.hpp"
#include "search/postgres.hpp"
#include "service_requests/of_owner.hpp"
#include "support/service_desk.hpp"

#include <gmock/gmock.h>

#include <functional>
#include <map>

using namespace queue;
using namespace search;
using namespace service_requests;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

namespace {

/// Enough rows, spread over enough people, that reading a whole table is the slower way, and statistics that say so.
/// On SQLite there is nothing to look at: query_plan_test.cpp asks its planner.
class PostgresPlans : public support::ServiceDesk
{
  protected:
    PostgresPlans() : is_postgres(database->engine() == db::Engine::Postgres)
    {
        if (is_postgres) {
            database->write([](db::Transaction& tx) { fill(tx); });
            database->write([](db::Transaction& tx) {
                search::index_words(tx);
                tx.apply("ANALYZE");
            });
        }
    }

    static void fill(db::Transaction& tx)
    {
        tx.apply(R"(
            INSERT INTO auth_user (id, password, username, date_joined)
            SELECT 1000 + n, '!', 'user' || n, 0 FROM generate_series(1, 200) n)");
        tx.apply(R"(
            INSERT INTO service_account (id, account_number, address, created_at)
            SELECT 1000 + n, 'A' || n, n || ' Elm Street', 0 FROM generate_series(1, 200) n)");
        tx.apply(R"(
            INSERT INTO service_servicerequest (id, user_id, account_id, request_type_id, description, status,
                                                submitted_at, resolved_at, updated_at)
            SELECT n, 1001 + n % 200, 1001 + n % 200, 1 + n * 7919 % 7, repeat('The meter stopped. ', 80),
                   CASE WHEN n % 11 = 0 THEN 'Pending' ELSE 'Resolved' END, n * 60000,
                   CASE WHEN n % 11 = 0 THEN NULL ELSE n * 60000 + 5 END, n * 60000 + 5
              FROM generate_series(CAST(1 AS BIGINT), 6000) n)");
        tx.apply(R"(
            INSERT INTO service_search (service_request_id, words)
            SELECT n, array_to_tsvector(ARRAY['meter', 'user' || n % 200, 'street' || n % 50, 'word' || n % 40])
              FROM generate_series(1, 6000) n)");
        tx.apply(R"(
            INSERT INTO service_event (subject, subject_id, actor_id, kind, visibility, created_at)
            SELECT 'service_request', 1 + n % 6000, 1001 + n % 200, 'commented', 'public', n
              FROM generate_series(1, 12000) n)");
        tx.apply(R"(
            INSERT INTO service_comment (service_request_id, user_id, text, created_at)
            SELECT 1 + n % 6000, 1001 + n % 200, 'We are on our way to you', n FROM generate_series(1, 9000) n)");
        tx.apply(R"(
            INSERT INTO service_notification (user_id, service_request_id, message, is_read, created_at)
            SELECT 1001 + n % 200, 1 + n % 6000, 'SR-00001 is resolved', n % 2, n FROM generate_series(1, 9000) n)");
    }

    /// The large tables that `work` reads from the first page to the last.
    std::vector<std::string> read_whole_by(const std::function<void(db::Connection&)>& work)
    {
        auto lease = database->read();
        const auto before = whole_reads(*lease);
        work(*lease);
        std::vector<std::string> read;
        for (const auto& [table, count] : whole_reads(*lease)) {
            if (count > before.at(table)) {
                read.push_back(table);
            }
        }
        return read;
    }

    const bool is_postgres;

    static std::map<std::string, std::int64_t> whole_reads(db::Connection& db)
    {
        std::map<std::string, std::int64_t> counts;
        for (const db::Row row : db.query(R"(
            SELECT relname, seq_scan FROM pg_stat_xact_user_tables
             WHERE relname IN ('service_servicerequest', 'service_event', 'service_comment', 'service_notification'))")) {
            counts[row.string(0)] = row.integer(1);
        }
        return counts;
    }
};

constexpr ServiceRequestId one{3000};
constexpr UserId somebody{1005};
constexpr search::Filter::Position middle{.sort_value = 3000 * 60000, .id = one};

} // namespace

TEST_F(PostgresPlans, NoListOrDetailReadsAWholeTable)
{
    if (!is_postgres) {
        return;
    }
    const base::Visitor visitor{.user_id = somebody};
    const std::map<std::string, std::function<void(db::Connection&)>> pages{
        {"list", [](auto& db) { list_visible_service_requests(db, somebody, {}, {}); }},
        {"list of open ones",
            [](auto& db) { list_visible_service_requests(db, somebody, {}, {.status = Status::Pending}); }},
        {"later list", [](auto& db) { list_visible_service_requests(db, somebody, {}, {.before = one}); }},
        {"own counts", [](auto& db) { count_own_service_requests(db, somebody); }},
        {"detail",
            [&](auto& db) {
                get_service_request(db, cast.ravi, one);
                comments::list_comments(db, one, base::Visibility::Internal);
                attachments::list_attachments(db, one, base::Visibility::Internal);
                events::list_status_events(db, one, base::Visibility::Internal);
            }},
        {"notifications",
            [](auto& db) {
                notifications::list_notifications(db, somebody, {});
                notifications::list_notifications(db, somebody, {base::from_millis(5000), NotificationId{5000}});
                notifications::find_newest_unread(db, somebody, one);
                notifications::count_unread(db, somebody);
            }},
        {"live pages", [](auto& db) { events::list_events_after(db, EventId{11'950}, 100); }},
        {"side bar", [](auto& db) { count_queue(db, base::from_millis(5990 * 60000)); }},
        {"overview", [](auto& db) {
             count_open_between(db, base::from_millis(5990 * 60000), base::from_millis(6000 * 60000));
             count_open_by_type(db);
             list_waiting_emergencies(db);
         }}};
    for (const auto& [name, page] : pages) {
        EXPECT_THAT(read_whole_by(page), IsEmpty()) << name;
    }
    // What is looked for is found when it is there.
    const auto count_comments = [](db::Connection& db) {
        db.query("SELECT COUNT(text) FROM service_comment").integer();
    };
    EXPECT_THAT(read_whole_by(count_comments), ::testing::ElementsAre("service_comment"));
}

TEST_F(PostgresPlans, NoNewsReadsAllNotifications)
{
    if (!is_postgres) {
        return;
    }
    const base::Act staff{.visitor = cast.ravi, .at = clock.now()};
    const base::Act customer = base::act_of(somebody, clock.now());
    const auto read = database->write([&](db::Transaction& tx) {
        const auto before = whole_reads(tx);
        for (int i = 0; i < 2; ++i) {
            notifications::notify_customer(tx, staff, {one, notifications::Kind::Replied});
            notifications::notify_participants(tx, customer, {one, notifications::Kind::Commented});
            notifications::notify_staff_and_customer(tx, staff, {one, notifications::Kind::LeakReopened});
        }
        notifications::mark_read_for(tx, somebody, one, clock.now());
        notifications::mark_all_read(tx, somebody, {clock.now(), NotificationId{1}});
        const auto after = whole_reads(tx);
        return after.at("service_notification") - before.at("service_notification");
    });
    EXPECT_EQ(read, 0);
}

TEST_F(PostgresPlans, NoPageOfTheQueueReadsAWholeTable)
{
    if (!is_postgres) {
        return;
    }
    const base::Time late = base::from_millis(5900 * 60000);
    const std::vector<search::Filter> filters{{}, {.status = Status::Pending}, {.types = {RequestTypeId{2}}},
        {.types = {RequestTypeId{2}, RequestTypeId{3}}}, {.status = Status::Resolved, .types = {RequestTypeId{2}}},
        {.from = late}, {.search = "meter"}, {.search = "user17 stre"}, {.search = "SR-00017"},
        {.types = {RequestTypeId{2}}, .search = "word7"}, {.from = late, .search = "word7"},
        {.status = Status::Resolved, .resolved_from = base::from_millis(5990 * 60000), .search = "word7"},
        {.status = Status::Pending, .search = "nonesuch"}};
    for (const search::Filter& filter : filters) {
        for (const search::Sort sort : {search::Sort::Newest, search::Sort::Oldest, search::Sort::Updated}) {
            for (const auto& begin : {std::optional<search::Filter::Position>(), std::optional(middle)}) {
                search::Filter page = filter;
                page.sort = sort;
                page.position = begin;
                EXPECT_THAT(read_whole_by([&](auto& db) { list_queue(db, page); }), IsEmpty())
                    << filter.search << " " << static_cast<int>(sort) << " " << filter.types.size();
            }
        }
        EXPECT_THAT(read_whole_by([&](auto& db) { matches(db, filter, one); }), IsEmpty()) << filter.search;
    }
}

TEST_F(PostgresPlans, ListsOfAUserAndOfAnAccountReadNoTableWholly)
{
    if (!is_postgres) {
        return;
    }
    const UserId user{1007};
    EXPECT_THAT(read_whole_by([&](auto& db) { list_of_user(db, user, 8); }), IsEmpty());
    const AccountId account{1007};
    EXPECT_THAT(read_whole_by([&](auto& db) { list_of_account(db, account, 8); }), IsEmpty());
    EXPECT_THAT(read_whole_by([&](auto& db) { list_queue(db, {.user = user}); }), IsEmpty());
    EXPECT_THAT(read_whole_by([&](auto& db) { list_queue(db, {.account = account}); }), IsEmpty());
    EXPECT_THAT(list_queue(*database->read(), {.account = account}), Not(IsEmpty())) << "there is something to find";
}

TEST_F(PostgresPlans, OpenEmergenciesAreReadNewestFirstFromTheirIndex)
{
    if (!is_postgres) {
        return;
    }
    database->write([](db::Transaction& tx) {
        tx.apply("UPDATE service_servicerequest SET is_emergency = 1");
        tx.apply("ANALYZE service_servicerequest");
    });
    db::SqlBuilder sql("EXPLAIN ");
    queue::add_waiting_emergencies_sql(sql, queue::Leaving::Impossible);
    std::string plan;
    auto lease = database->read();
    for (const db::Row row : lease->query(sql)) {
        plan += row.string(0) + "\n";
    }
    EXPECT_THAT(plan, HasSubstr("Index Scan Backward using servicerequest_waiting_emergencies"));
    EXPECT_THAT(plan, Not(HasSubstr("Sort")));
}

TEST_F(PostgresPlans, ASearchLooksAtTheNewestRowsAndThenAsksTheIndexByWords)
{
    if (!is_postgres) {
        return;
    }
    db::SqlBuilder sql("EXPLAIN ");
    search::PostgresSearch(search::parse_terms("user17"), {}).add_page(sql, {});
    std::string plan;
    auto lease = database->read();
    for (const db::Row row : lease->query(sql)) {
        plan += row.string(0) + "\n";
    }
    EXPECT_THAT(plan, HasSubstr("Index Scan Backward using service_search_pkey"));
    EXPECT_THAT(plan, HasSubstr("Bitmap Index Scan on service_search_by_word"));
    EXPECT_THAT(plan, HasSubstr("One-Time Filter"));
    EXPECT_THAT(plan, Not(HasSubstr("Seq Scan on service_search")));
}
