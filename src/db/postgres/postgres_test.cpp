#include "base/error.hpp"
#include "db/postgres/postgres.hpp"
#include "db/testing.hpp"
#include "support/cutting_proxy.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <future>
#include <thread>

namespace db {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Cut = support::CuttingProxy::Cut;

class OnAServer : public testing::DatabaseTest
{
  protected:
    void SetUp() override
    {
        if (!is_postgres())
            GTEST_SKIP() << "only on PostgreSQL: its server and its connections";
    }
    /// Ends all other connections to the database, as a restart does.
    void end_connections()
    {
        database->exclusively([](Connection& connection) {
            connection
                .query("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                       " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                       " AND query NOT LIKE '%advisory%'")
                .integer();
        });
    }
    static std::string refusal(const DatabaseOptions& options)
    {
        try {
            Database::open(options);
        } catch (const Error& error) {
            return error.what();
        }
        return "opened";
    }
};

/// The same database, reached through a proxy that cuts connections.
class ThroughAProxy : public OnAServer
{
  protected:
    void SetUp() override
    {
        OnAServer::SetUp();
        if (!is_postgres())
            return;
        proxy.emplace(url());
        far = Database::open({.url = proxy->url(), .readers = 2, .connections = 2});
        // Not what the listener calls on its own thread whenever it has connected.
        far->on_commit([this, caller = std::this_thread::get_id()] {
            if (std::this_thread::get_id() == caller)
                ++announced;
        });
        // Connections are there and statements prepared before anything is cut.
        add_far("first");
        announced = 0;
    }
    void TearDown() override { far.reset(); }
    void add_far(std::string_view text)
    {
        far->write([&](Transaction& tx) {
            ++runs;
            tx.apply("INSERT INTO note (text) VALUES ($1)", text);
        });
    }
    bool has_soon(std::string_view text)
    {
        for (int i = 0; i < 100 && !has(text); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        return has(text);
    }

    std::optional<support::CuttingProxy> proxy;
    std::unique_ptr<Database> far;
    std::atomic<int> announced = 0;
    int runs = 0;
};

TEST_F(OnAServer, ValuesOfEveryKindAreReadAsSqliteGivesThem)
{
    const auto lease = database->read();
    Rows rows = lease->query("SELECT sum(n), -sum(n) * 100000000, avg(n), max(n) > 2, CAST(count(*) AS INTEGER),"
                             " CAST(3 AS SMALLINT), CAST(7.9 AS DOUBLE PRECISION), '12 apples', NULL"
                             " FROM (VALUES (CAST(1 AS BIGINT)), (2), (3)) AS t (n)");
    const auto numbers = rows.first([](Row row) {
        std::vector<std::string> all;
        for (int i = 0; i < 9; ++i)
            all.push_back(std::to_string(row.integer(i)) + "/" + row.string(i));
        return all;
    });
    EXPECT_THAT(numbers.value(),
        ElementsAre("6/6", "-600000000/-600000000", "2/2", "1/1", "3/3", "3/3", "7/7", "12/12 apples", "0/"));
}

TEST_F(OnAServer, ParametersInQuotesAndCommentsAreNone)
{
    const auto lease = database->read();
    EXPECT_EQ(
        lease->query("SELECT '$2' || $1 || \"$3\" -- $4\n FROM (SELECT 'x' AS \"$3\") AS t", "-").first([](Row row) {
            return row.string(0);
        }),
        "$2-x");
}

TEST_F(OnAServer, BrokenConnectionsAreReplacedUnnoticed)
{
    add("Mei");
    end_connections();
    EXPECT_EQ(count(), 1);
    add("Omar");
    EXPECT_EQ(count(), 2);
}

TEST_F(OnAServer, AConnectionBrokenInsideATransactionUndoesItAndIsNotRepeated)
{
    int runs = 0;
    EXPECT_THROW(database->write([&](Transaction& tx) {
        ++runs;
        tx.apply("INSERT INTO note (text) VALUES ('x')");
        end_connections();
        tx.apply("INSERT INTO note (text) VALUES ('y')");
    }),
        base::Unavailable);

    EXPECT_EQ(runs, 1);
    EXPECT_EQ(count(), 0);
}

TEST_F(OnAServer, WorkThatSwallowsAFailureIsStillUndoneWhole)
{
    add("Mei");
    EXPECT_THROW(database->write([](Transaction& tx) {
        tx.apply("INSERT INTO note (text) VALUES ('x')");
        EXPECT_THROW(tx.query("INSERT INTO note (text) VALUES ('Mei') RETURNING id").integer(), ConstraintViolation);
    }),
        base::Unavailable);
    EXPECT_EQ(count(), 1);
}

TEST_F(OnAServer, WhatAppliedWorkWasRefusedIsThrownByTheNextStatementOrTheCommit)
{
    add("Mei");
    const auto apply_twice = [](Transaction& tx) {
        tx.apply("INSERT INTO note (text) VALUES ('Omar')");
        tx.apply("INSERT INTO note (text) VALUES ('Mei')");
        // Never reached, and so not prepared, by the first try.
        tx.apply("UPDATE note SET text = 'Ravi' WHERE text = 'Omar'");
    };
    EXPECT_THROW(database->write(apply_twice), ConstraintViolation);
    EXPECT_THROW(database->write([&](Transaction& tx) {
        apply_twice(tx);
        tx.query("SELECT count(*) FROM note").integer();
        FAIL() << "the transaction went on";
    }),
        ConstraintViolation);
    EXPECT_EQ(count(), 1);

    database->write([](Transaction& tx) { tx.apply("DELETE FROM note"); });
    EXPECT_NO_THROW(database->write(apply_twice));
    EXPECT_TRUE(has("Ravi"));
    EXPECT_TRUE(has("Mei"));
    EXPECT_EQ(count(), 2);
}

TEST_F(OnAServer, AppliedWorkIsUndoneWhenItsTransactionIs)
{
    const auto apply_some = [](Transaction& tx) {
        for (int i = 0; i < 1000; ++i)
            tx.apply("INSERT INTO note (text) VALUES ($1)", std::to_string(i));
    };
    EXPECT_THROW(database->write([&](Transaction& tx) {
        apply_some(tx);
        throw std::runtime_error("changed my mind");
    }),
        std::runtime_error);
    EXPECT_EQ(count(), 0);

    database->write(apply_some);
    EXPECT_EQ(count(), 1000);
    EXPECT_TRUE(has("0"));
    EXPECT_TRUE(has("999"));
}

TEST_F(OnAServer, ADeadlockIsUnavailableForOneAndDoneForTheOther)
{
    add("Mei");
    add("Omar");
    std::barrier both(2);
    const auto change = [&](const char* first, const char* second) {
        try {
            database->write([&](Transaction& tx) {
                tx.apply("UPDATE note SET number = 1 WHERE text = $1", first);
                both.arrive_and_wait();
                tx.apply("UPDATE note SET number = 1 WHERE text = $1", second);
            });
            return 1;
        } catch (const base::Unavailable&) {
            return 0;
        }
    };
    auto other = std::async(std::launch::async, [&] { return change("Mei", "Omar"); });
    EXPECT_EQ(change("Omar", "Mei") + other.get(), 1);
}

TEST_F(OnAServer, AFullPoolIsUnavailableAndReadingGoesOn)
{
    open({.url = {}, .readers = 1, .connections = 1, .longest_wait = std::chrono::milliseconds(100)});
    database->write([&](Transaction&) {
        auto second = std::async(std::launch::async, [&] { EXPECT_THROW(add("no room"), base::Unavailable); });
        second.get();
        EXPECT_EQ(count(), 0);
    });
    EXPECT_NO_THROW(add("room"));
}

TEST_F(OnAServer, ExclusiveWorkIsDoneByOneAtATimeEvenOfTwoNodes)
{
    const auto other = Database::open({.url = url()});
    std::atomic<int> inside = 0;
    std::atomic<int> most = 0;
    const auto work = [&](Connection&) {
        most = std::max(most.load(), ++inside);
        std::this_thread::sleep_for(std::chrono::milliseconds(30));
        --inside;
    };
    {
        std::vector<std::jthread> starters;
        for (int i = 0; i < 3; ++i) {
            starters.emplace_back([&] { database->exclusively(work); });
            starters.emplace_back([&] { other->exclusively(work); });
        }
    }
    EXPECT_EQ(most, 1);
}

TEST_F(OnAServer, WithoutPreparedStatementsNothingStaysInTheSession)
{
    open({.url = {}, .readers = 1, .connections = 1, .prepared = PreparedStatements::Off});
    for (const auto* name : {"Mei", "Omar", "Ravi"})
        add(name);
    EXPECT_THROW(add("Mei"), ConstraintViolation);
    EXPECT_EQ(count(), 3);
    const auto lease = database->read();
    EXPECT_EQ(lease->query("SELECT count(*) FROM pg_prepared_statements").integer(), 0);
    EXPECT_EQ(lease->query("SHOW statement_timeout").first([](Row row) { return row.string(0); }), "10s");
    database->write([](Transaction& tx) {
        EXPECT_EQ(tx.query("SHOW lock_timeout").first([](Row row) { return row.string(0); }), "4s");
        EXPECT_EQ(tx.query("SHOW statement_timeout").first([](Row row) { return row.string(0); }), "0");
        EXPECT_EQ(tx.query("SELECT count(*) FROM pg_prepared_statements").integer(), 0);
    });
}

TEST_F(OnAServer, APoolerThatCallsAPrimaryAStandbyIsUsedAllTheSame)
{
    // What PgBouncer tells of its first server, told by the server itself; writing works all the same.
    const std::string told =
        url() + (url().find('?') == std::string::npos ? "?" : "&") + "options=-c%20default_transaction_read_only%3Don";
    EXPECT_THAT(refusal({.url = told}), HasSubstr("session is read-only"));
    EXPECT_THAT(refusal({.url = told + "&target_session_attrs=read-write", .prepared = PreparedStatements::Off}),
        HasSubstr("session is read-only"));
    const auto pooled = Database::open({.url = told, .prepared = PreparedStatements::Off});
    pooled->write([](Transaction& tx) { tx.apply("INSERT INTO note (text) VALUES ('Mei')"); });
    EXPECT_EQ(count(), 1);
}

TEST_F(OnAServer, OfSeveralHostsTheOneThatMissedAnElectionIsNotBelieved)
{
    const std::string told = url();
    PostgresTarget target{.keywords = read_postgres_url(told)};
    std::string& host = target.keywords["host"];
    host += "," + host;
    const PostgresConnection before(target, PostgresRole::Reader);
    EXPECT_FALSE(before.is_broken());
    const std::string cluster = database->read()
                                    ->query("SELECT CAST(system_identifier AS TEXT) FROM pg_control_system()")
                                    .first([](Row row) { return row.string(0); })
                                    .value();
    target.timelines->is_latest({cluster, 1000});
    EXPECT_TRUE(before.is_broken());
    EXPECT_THROW(PostgresConnection(target, PostgresRole::Writer), base::Unavailable);
    target.keywords["host"].resize(host.find(','));
    EXPECT_NO_THROW(PostgresConnection(target, PostgresRole::Writer)) << "one address leads to whom it leads to";
}

TEST_F(OnAServer, StatementsStayPreparedFromOneTransactionToTheNext)
{
    open({.url = {}, .readers = 1, .connections = 1});
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(count(), 0);
    EXPECT_EQ(database->read()
                  ->query("SELECT count(*) FROM pg_prepared_statements WHERE statement = 'SELECT count(*) FROM note'")
                  .integer(),
        1);
}

TEST_F(OnAServer, SaysItsVersion)
{
    EXPECT_TRUE(database->version().starts_with("PostgreSQL 1")) << database->version();
}

TEST_F(ThroughAProxy, ACommitWhoseAnswerIsLostIsUnknownThoughItWasCarriedOut)
{
    proxy->cut(Cut::After, "commit");
    EXPECT_THROW(add_far("done"), CommitUnknown);

    EXPECT_TRUE(has_soon("done"));
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(announced, 1) << "live pages must look, for it may have been committed";
    EXPECT_NO_THROW(add_far("next"));
}

TEST_F(ThroughAProxy, ACommitThatNeverArrivedIsUnknownToo)
{
    proxy->cut(Cut::Before, "commit");
    EXPECT_THROW(add_far("lost"), CommitUnknown);

    EXPECT_NO_THROW(add_far("next"));
    EXPECT_FALSE(has("lost"));
    EXPECT_EQ(runs, 3);
}

TEST_F(ThroughAProxy, AConnectionCutBeforeCommitIsUnavailableAndKnownToBeUndone)
{
    for (const Cut where : {Cut::Before, Cut::After}) {
        try {
            far->write([&](Transaction& tx) {
                tx.apply("INSERT INTO note (text) VALUES ('first row')");
                proxy->cut(where, "second row");
                tx.query("INSERT INTO note (text) VALUES ($1) RETURNING id", "second row").integer();
            });
            FAIL() << "nothing was cut";
        } catch (const CommitUnknown&) {
            FAIL() << "COMMIT was never sent";
        } catch (const base::Unavailable& error) {
            EXPECT_THAT(std::string(error.what()), HasSubstr("lost"));
        }
        EXPECT_EQ(count(), 1);
    }
}

TEST_F(ThroughAProxy, WhatTravelsWithACommitIsUnknownWithIt)
{
    for (const auto& [where, rows] : {std::pair(Cut::Before, 1), std::pair(Cut::After, 3)}) {
        EXPECT_THROW(far->write([&](Transaction& tx) {
            tx.apply("INSERT INTO note (text) VALUES ('first row')");
            proxy->cut(where, "second row");
            tx.apply("INSERT INTO note (text) VALUES ($1)", "second row");
        }),
            CommitUnknown);
        for (int i = 0; i < 100 && count() != rows; ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        EXPECT_EQ(count(), rows);
    }
}

TEST_F(ThroughAProxy, WhoHasWaitedForAFrozenServerIsNotMadeToWaitAgain)
{
    EXPECT_EQ(far->read()->query("SELECT 1").integer(), 1);
    proxy->cut(Cut::Before, "select 2");
    EXPECT_EQ(far->read()->query("SELECT 2").integer(), 2) << "a break found at once is mended";
    proxy->cut(Cut::Late, "select 3");
    EXPECT_THROW(far->read()->query("SELECT 3").integer(), base::Unavailable);
    EXPECT_EQ(far->read()->query("SELECT 3").integer(), 3);
}

TEST_F(ThroughAProxy, AServerThatIsAwayIsUnavailableAndFoundAgainWithinTwoSeconds)
{
    proxy->refuse(true);
    proxy->cut(Cut::Before, "commit");
    EXPECT_THROW(add_far("cut"), CommitUnknown);
    EXPECT_THROW(add_far("away"), base::Unavailable);
    proxy->cut(Cut::Before, "select 1");
    EXPECT_THROW(far->read()->query("SELECT 1").integer(), base::Unavailable);
    proxy->refuse(false);

    const auto back = std::chrono::steady_clock::now();
    add_far("back");
    EXPECT_EQ(far->read()->query("SELECT 1").integer(), 1);
    EXPECT_LT(std::chrono::steady_clock::now() - back, std::chrono::seconds(2));
}

} // namespace
} // namespace db
