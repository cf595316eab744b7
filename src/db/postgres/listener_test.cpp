// Commits of one node heard by another. On SQLite there is only one.

#include "db/database.hpp"
#include "support/test_database.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

namespace {

using namespace std::chrono_literals;

class CommitsOfOthers : public testing::Test
{
  protected:
    /// Another node's database, which counts what it hears.
    std::unique_ptr<db::Database> open(db::DatabaseOptions options = {})
    {
        options.url = database.url();
        options.readers = 1;
        options.connections = 1;
        auto opened = db::Database::open(options);
        opened->on_commit([this] { ++heard; });
        return opened;
    }
    /// Waits until more than `count` were heard.
    bool hears_more_than(int count, std::chrono::milliseconds patience = 5s)
    {
        const auto end = std::chrono::steady_clock::now() + patience;
        while (heard <= count && std::chrono::steady_clock::now() < end)
            std::this_thread::sleep_for(1ms);
        return heard > count;
    }
    void commit()
    {
        database->write([](db::Transaction& tx) { tx.apply("DELETE FROM service_submission WHERE result_id = -1"); });
    }
    std::int64_t lose_listeners()
    {
        return database->write([](db::Transaction& tx) {
            return tx
                .query("SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity"
                       " WHERE application_name = 'gas-utility listener' AND datname = current_database()")
                .integer();
        });
    }

    support::TestDatabase database;
    std::atomic<int> heard = 0;
};

TEST_F(CommitsOfOthers, AreHeardSoonAndManyAsFew)
{
    if (!support::tests_use_postgres())
        return;
    const auto other = open();
    database->on_commit([] {});
    ASSERT_TRUE(hears_more_than(0)) << "a new connection counts as news";

    commit();
    ASSERT_TRUE(hears_more_than(1));
    const int before = heard;
    for (int i = 0; i < 200; ++i)
        commit();

    EXPECT_TRUE(hears_more_than(before));
    EXPECT_LT(heard - before, 200);
}

TEST_F(CommitsOfOthers, AreHeardAgainAfterTheConnectionWasLost)
{
    if (!support::tests_use_postgres())
        return;
    const auto other = open();
    ASSERT_TRUE(hears_more_than(0));

    EXPECT_EQ(lose_listeners(), 1);
    const int before = heard;

    EXPECT_TRUE(hears_more_than(before, 2s)) << "what was missed meanwhile is looked for";
    database->on_commit([] {});
    const int connected = heard;
    commit();
    EXPECT_TRUE(hears_more_than(connected));
}

TEST_F(CommitsOfOthers, AreNotAskedForBehindAPoolerThatWouldSwallowThem)
{
    if (!support::tests_use_postgres())
        return;
    const auto other = open({.url = database.url(), .prepared = db::PreparedStatements::Off});

    EXPECT_EQ(lose_listeners(), 0);
    EXPECT_FALSE(hears_more_than(0, 300ms));
    other->write([](db::Transaction& tx) { tx.apply("DELETE FROM service_submission WHERE result_id = -1"); });
    EXPECT_EQ(heard, 1) << "its own";

    const auto direct =
        open({.url = database.url(), .prepared = db::PreparedStatements::Off, .listen_url = database.url()});
    EXPECT_TRUE(hears_more_than(1));
}

} // namespace
