#include "actions/change_status.hpp"
#include "notifications/notification_sql.hpp"
#include "queue/queue_sql.hpp"
#include "search/sqlite.hpp"
#include "service_requests/of_owner.hpp"
#include "support/asked_statements.hpp"
#include "support/service_desk.hpp"
#include "users/credentials.hpp"

#include <functional>
#include <gmock/gmock.h>

using namespace queue;
using namespace search;
using namespace service_requests;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

/// Some thousands of rows, so that the planner's choice and the time a scan takes are those of a real site. Asks
/// SQLite's planner; PostgreSQL's plans are looked at in query_plan_postgres_test.cpp.
class QueryPlans : public support::ServiceDesk
{
  protected:
    QueryPlans() : is_sqlite(database->engine() == db::Engine::Sqlite)
    {
        if (is_sqlite) {
            submit_many();
        }
    }

    void submit_many()
    {
        const RequestTypeId maintenance = type("maintenance");
        database->write([&](db::Transaction& tx) {
            for (int i = 0; i < 3000; ++i) {
                clock.advance(std::chrono::seconds(1));
                const auto id = add_service_request(tx,
                    {.user_id = cast.mei.user_id, .type_id = maintenance, .description = "The meter stopped"},
                    clock.now())
                                    .id;
                if (i % 4 != 0) {
                    actions::change_status(tx, {.visitor = cast.ravi, .at = clock.now()},
                        {.service_request = id, .status = Status::Resolved, .version = 1});
                }
            }
        });
    }

    const bool is_sqlite;

    std::string plan(const db::SqlBuilder& explained)
    {
        std::string text;
        auto lease = database->read();
        for (const db::Row row : lease->query(explained)) {
            text += row.string(3) + "\n";
        }
        return text;
    }
    std::string browse_plan(const search::Filter& filter)
    {
        db::SqlBuilder sql("EXPLAIN QUERY PLAN ");
        search::add_browse_sql(sql, filter, db::Engine::Sqlite);
        return plan(sql);
    }
    std::string search_plan(const search::Filter& filter, SearchPlace place)
    {
        db::SqlBuilder sql("EXPLAIN QUERY PLAN ");
        search::SqliteSearch(*database->read(), search::parse_terms(filter.search), filter)
            .add_page(sql, filter, place);
        return plan(sql);
    }
};

constexpr search::Filter::Position position{.sort_value = 1'794'864'900'000, .id = ServiceRequestId{100}};

} // namespace

TEST_F(QueryPlans, EveryBrowsingPageWalksAnIndexInItsOrder)
{
    if (!is_sqlite) {
        return;
    }
    struct Expectation
    {
        search::Filter filter;
        const char* index;
    };
    const RequestTypeId one = type("billing");
    const RequestTypeId other = type("gas-leak");
    const base::Time day = clock.now() - std::chrono::hours(24);
    const std::vector<Expectation> expectations{{{}, "servicerequest_by_submitted"},
        {{.from = day, .until = clock.now()}, "servicerequest_by_submitted"},
        {{.status = Status::Pending}, "servicerequest_by_status"},
        {{.status = Status::Pending, .types = {one}}, "servicerequest_by_status"},
        {{.status = Status::Pending, .from = day}, "servicerequest_by_status"},
        {{.types = {one}}, "servicerequest_by_type"}, {{.types = {one, other}}, "servicerequest_by_submitted"},
        {{.sort = search::Sort::Oldest}, "servicerequest_by_submitted"},
        {{.status = Status::Resolved, .sort = search::Sort::Oldest}, "servicerequest_by_status"},
        {{.sort = search::Sort::Updated}, "servicerequest_by_updated"},
        {{.status = Status::Pending, .types = {one}, .from = day, .sort = search::Sort::Updated},
            "servicerequest_by_updated"}};
    for (const auto& [filter, index] : expectations) {
        search::Filter later = filter;
        later.position = position;
        for (const std::string& text : {browse_plan(filter), browse_plan(later)}) {
            EXPECT_THAT(text, HasSubstr(std::string("r USING INDEX ") + index));
            EXPECT_THAT(text, Not(HasSubstr("TEMP B-TREE")));
            EXPECT_THAT(text, Not(HasSubstr("SCAN t")));
            EXPECT_THAT(text, Not(HasSubstr("SCAN u")));
        }
        EXPECT_THAT(browse_plan(later), HasSubstr("SEARCH r"));
    }
}

TEST_F(QueryPlans, ASearchWalksItsMatchesAndLooksUpRowsByTheirKey)
{
    if (!is_sqlite) {
        return;
    }
    for (const search::Sort sort : {search::Sort::Newest, search::Sort::Oldest}) {
        for (const auto& begin : {std::optional<search::Filter::Position>(), std::optional(position)}) {
            const search::Filter filter{.status = Status::Pending, .search = "meter", .sort = sort, .position = begin};
            const std::string text = search_plan(filter, SearchPlace::Index);
            EXPECT_THAT(text, HasSubstr("SCAN service_search VIRTUAL TABLE"));
            EXPECT_THAT(text, HasSubstr("SEARCH r USING INTEGER PRIMARY KEY"));
            EXPECT_THAT(text, Not(HasSubstr("TEMP B-TREE")));
            EXPECT_THAT(search_plan(filter, SearchPlace::Waiting), HasSubstr("SEARCH r USING INTEGER PRIMARY KEY"));
        }
    }
    const search::Filter by_update{.status = Status::Pending, .search = "meter", .sort = search::Sort::Updated};
    EXPECT_THAT(search_plan(by_update, SearchPlace::Index), HasSubstr("SEARCH r USING INTEGER PRIMARY KEY"));
}

TEST_F(QueryPlans, ASearchWithDatesSeeksTheirIdsAndOneWithATypeReadsItsOwnWords)
{
    if (!is_sqlite) {
        return;
    }
    // What FTS5 may use is a number in its plan: bounds of ids make it another one.
    const search::Filter all{.search = "meter"};
    search::Filter between = all;
    between.bounds = {.after = ServiceRequestId{100}, .before = ServiceRequestId{200}};
    const std::string text = search_plan(between, SearchPlace::Index);
    EXPECT_NE(text, search_plan(all, SearchPlace::Index));
    EXPECT_THAT(text, AllOf(HasSubstr("SEARCH r USING INTEGER PRIMARY KEY"), Not(HasSubstr("TEMP B-TREE"))));

    const search::Filter typed{.types = {type("billing")}, .search = "meter"};
    db::SqlBuilder sql;
    search::SqliteSearch(*database->read(), search::parse_terms(typed.search), typed)
        .add_page(sql, typed, SearchPlace::Index);
    EXPECT_THAT(std::string(sql.values().front().text()), HasSubstr(*word_of_type(type("billing"), "meter")));
}

TEST_F(QueryPlans, TheOrderOfUpdatesIsWalkedBeforeTheIndexIsAsked)
{
    if (!is_sqlite) {
        return;
    }
    const search::Filter filter{.search = "meter", .sort = search::Sort::Updated};
    db::SqlBuilder sql("EXPLAIN QUERY PLAN ");
    search::SqliteSearch(*database->read(), search::parse_terms(filter.search), filter).add_walk(sql, filter, 500);
    EXPECT_THAT(plan(sql),
        AllOf(HasSubstr("USING COVERING INDEX servicerequest_by_updated"),
            HasSubstr("SEARCH r USING INTEGER PRIMARY KEY"), HasSubstr("SEARCH w USING INTEGER PRIMARY KEY")));
    search::Filter resolved = filter;
    resolved.resolved_from = clock.now();
    db::SqlBuilder today("EXPLAIN QUERY PLAN ");
    search::SqliteSearch(*database->read(), search::parse_terms(filter.search), resolved).add_walk(today, resolved, 0);
    EXPECT_THAT(plan(today), HasSubstr("SEARCH r USING INDEX servicerequest_resolved"));
}

TEST_F(QueryPlans, AFloodOfOneSenderIsReadByItsNewestReports)
{
    if (!is_sqlite) {
        return;
    }
    db::SqlBuilder sql("EXPLAIN QUERY PLAN ");
    sql.add(queue::leaders_sql).add(" -- ");
    for (int i = 0; i < 6; ++i)
        sql.bind(1);
    EXPECT_THAT(plan(sql),
        AllOf(HasSubstr("USING INDEX leak_report_by_sender (sender=? AND advice_shown_at>?)"),
            HasSubstr("SEARCH r USING INTEGER PRIMARY KEY"), HasSubstr("SEARCH f USING INTEGER PRIMARY KEY")));
}

TEST_F(QueryPlans, NotificationsAreListedRenewedAndAddedByTheirIndexes)
{
    if (!is_sqlite) {
        return;
    }
    const auto plan_of = [&](db::Sql sql, int parameters) {
        db::SqlBuilder explained("EXPLAIN QUERY PLAN ");
        explained.add(sql).add(" -- ");
        for (int i = 0; i < parameters; ++i)
            explained.bind(1);
        return plan(explained);
    };
    EXPECT_THAT(
        plan_of(notifications::unread_sql, 2), HasSubstr("USING COVERING INDEX notification_unread (user_id=?)"));
    EXPECT_THAT(plan_of(notifications::newest_unread_sql, 2),
        HasSubstr("USING INDEX notification_unread (user_id=? AND service_request_id=?"));
    EXPECT_THAT(plan_of(notifications::list_sql, 4),
        AllOf(HasSubstr("SEARCH n USING INDEX notification_by_user (user_id=? AND created_at<?)"),
            Not(HasSubstr("TEMP B-TREE")), Not(HasSubstr("SCAN n"))));
    const auto by_unread = HasSubstr("SEARCH service_notification USING INDEX notification_unread "
                                     "(user_id=? AND service_request_id=?");
    EXPECT_THAT(plan_of(notifications::mark_emergency_read_sql, 3), by_unread);
    const auto reads_no_customers = AllOf(
        HasSubstr("SEARCH u USING INTEGER PRIMARY KEY"), Not(HasSubstr("SCAN u\n")), Not(HasSubstr("TEMP B-TREE")));
    const auto reads_the_staff = HasSubstr("SCAN u USING INDEX auth_user_staff");
    EXPECT_THAT(plan_of(notifications::notify_customer_sql, 7), reads_no_customers);
    EXPECT_THAT(plan_of(notifications::notify_user_sql, 8), reads_no_customers);
    EXPECT_THAT(plan_of(notifications::notify_participants_sql, 7),
        AllOf(reads_no_customers, reads_the_staff, Not(HasSubstr("SCAN s")), HasSubstr("auth_user_by_role (role=?")));
    EXPECT_THAT(plan_of(notifications::notify_everybody_sql, 6), AllOf(reads_no_customers, reads_the_staff));
}

TEST_F(QueryPlans, ListsOfAUserAndOfAnAccountReadNoMoreThanTheyShow)
{
    if (!is_sqlite) {
        return;
    }
    db::SqlBuilder of_user("EXPLAIN QUERY PLAN ");
    add_list_of_user_sql(of_user, cast.mei.user_id, 8);
    EXPECT_THAT(plan(of_user),
        AllOf(HasSubstr("USING COVERING INDEX servicerequest_by_user (user_id=?)"),
            HasSubstr("SEARCH r USING INTEGER PRIMARY KEY"), Not(HasSubstr("SCAN service_servicerequest"))));
    db::SqlBuilder of_account("EXPLAIN QUERY PLAN ");
    add_list_of_account_sql(of_account, cast.account_of_mei, 8);
    EXPECT_THAT(plan(of_account), AllOf(HasSubstr("USING COVERING INDEX servicerequest_by_account (account_id=?)"),
                                      Not(HasSubstr("SCAN service_servicerequest")), Not(HasSubstr("SCAN r"))));
    EXPECT_THAT(browse_plan({.user = cast.mei.user_id}), HasSubstr("SEARCH r USING INDEX servicerequest_"));
    EXPECT_THAT(
        browse_plan({.account = cast.account_of_mei}), HasSubstr("SEARCH r USING INDEX servicerequest_by_account"));
}

TEST_F(QueryPlans, AUserNameIsLookedUpByTheIndexOfItsKey)
{
    if (!is_sqlite) {
        return;
    }
    const std::vector<std::function<void(db::Connection&)>> questions{[](auto& db) { users::find_user(db, "mei"); },
        [&](auto& db) { users::find_credentials(db, "mei"); }, [](auto& db) { users::is_username_taken(db, "mei"); }};
    for (const auto& question : questions)
        EXPECT_THAT(support::plans_of(*database, question),
            AllOf(HasSubstr("auth_user_by_username_key (username_key=?)"), Not(HasSubstr("SCAN"))));
}

TEST_F(QueryPlans, ListsOfOneCustomerCountsAndHistoriesUseTheirIndexes)
{
    if (!is_sqlite) {
        return;
    }
    EXPECT_THAT(support::plans_of(*database, [&](auto& db) { count_own_service_requests(db, cast.mei.user_id); }),
        HasSubstr("SEARCH service_servicerequest USING COVERING INDEX servicerequest_by_user (user_id=?"));
    EXPECT_THAT(support::plans_of(*database, [](auto& db) { queue::count_emergencies(db); }),
        HasSubstr("servicerequest_open_emergencies"));
    for (const auto leaving : {queue::Leaving::Impossible, queue::Leaving::NotSure, queue::Leaving::Others}) {
        db::SqlBuilder pinned("EXPLAIN QUERY PLAN ");
        queue::add_waiting_emergencies_sql(pinned, leaving);
        EXPECT_THAT(plan(pinned),
            AllOf(HasSubstr("r USING INDEX servicerequest_waiting_emergencies"), Not(HasSubstr("TEMP B-TREE"))));
    }
    db::SqlBuilder facts("EXPLAIN QUERY PLAN ");
    queue::add_emergency_facts_sql(facts, std::vector(4, ServiceRequestId{1}));
    EXPECT_THAT(plan(facts), AllOf(HasSubstr("SEARCH r USING INTEGER PRIMARY KEY"), Not(HasSubstr("SCAN"))));
    db::SqlBuilder places("EXPLAIN QUERY PLAN ");
    queue::add_emergency_addresses_sql(places, std::vector<std::string>(32, "12 elm street"));
    EXPECT_THAT(plan(places), HasSubstr("SEARCH r USING COVERING INDEX servicerequest_emergency_places"));
    db::SqlBuilder place("EXPLAIN QUERY PLAN ");
    queue::add_emergencies_at_address_sql(place, "12 elm street", ServiceRequestId{1});
    EXPECT_THAT(
        plan(place), AllOf(HasSubstr("r USING INDEX servicerequest_emergency_places"), Not(HasSubstr("TEMP B-TREE"))));
    db::SqlBuilder house("EXPLAIN QUERY PLAN ");
    queue::add_emergencies_of_house_sql(house, "12 ", ServiceRequestId{1});
    EXPECT_THAT(plan(house), HasSubstr("r USING INDEX servicerequest_emergency_places"));
    EXPECT_THAT(support::plans_of(*database, [&](auto& db) { queue::count_queue(db, clock.now()); }),
        AllOf(HasSubstr("INDEX servicerequest_resolved (resolved_at>?)"),
            HasSubstr("INDEX servicerequest_open_emergencies")));
}
