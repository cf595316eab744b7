#include "base/error.hpp"
#include "db/testing.hpp"

#include <atomic>
#include <future>
#include <thread>

namespace db {
namespace {

class Reading : public testing::DatabaseTest
{
};
class Writing : public testing::DatabaseTest
{
};

TEST_F(Reading, SeesOneSnapshotDuringALease)
{
    add("Mei");
    const auto lease = database->read();
    EXPECT_EQ(lease->query("SELECT count(*) FROM note").integer(), 1);

    add("Omar");

    EXPECT_EQ(lease->query("SELECT count(*) FROM note").integer(), 1);
    EXPECT_EQ(count(), 2);
}

TEST_F(Reading, SeesAWriteAsSoonAsItReturned)
{
    for (int i = 1; i <= 100; ++i) {
        add(std::to_string(i));
        ASSERT_EQ(count(), i);
    }
}

TEST_F(Reading, CannotWrite)
{
    EXPECT_THROW(database->read()->query("INSERT INTO note (text) VALUES ('x')").integer(), Error);
    EXPECT_EQ(count(), 0);
}

TEST_F(Reading, LeavesNoTransactionBehindEvenWhenRowsWereNotFinished)
{
    open({.url = {}, .readers = 1, .write_queue = 512, .batch = 256});
    for (const auto* name : {"Mei", "Omar", "Ravi"})
        add(name);
    {
        const auto lease = database->read();
        for (const Row row : lease->query("SELECT id FROM note")) {
            EXPECT_EQ(row.integer(0), 1);
            break;
        }
    }
    add("Sofia");

    EXPECT_EQ(count(), 4);
    if (is_postgres())
        return;
    // Busy is the first column: 1 when a reader still held the log.
    database->exclusively(
        [](Connection& connection) { EXPECT_EQ(connection.query("PRAGMA wal_checkpoint(TRUNCATE)").integer(), 0); });
}

TEST_F(Reading, WaitsForAConnectionInUse)
{
    open({.url = {}, .readers = 1, .write_queue = 512, .batch = 256});
    std::optional<ReadLease> lease(database->read());
    auto waiting = std::async(std::launch::async, [&] { return count(); });
    EXPECT_EQ(waiting.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout);

    lease.reset();

    EXPECT_EQ(waiting.get(), 0);
}

TEST_F(Writing, ReturnsWhatTheWorkReturns)
{
    EXPECT_EQ(add("Mei"), 1);
    EXPECT_EQ(database->write([](Transaction&) { return std::string("done"); }), "done");
}

TEST_F(Writing, UndoesAndRethrowsWhatTheWorkThrows)
{
    EXPECT_THROW(database->write([](Transaction& tx) {
        tx.apply("INSERT INTO note (text) VALUES ('x')");
        throw base::Conflict(base::Text::verbatim("changed meanwhile"));
    }),
        base::Conflict);

    EXPECT_EQ(count(), 0);
}

TEST_F(Writing, FailureOfOneLeavesTheOthersOfItsBatch)
{
    std::atomic<int> refused = 0;
    {
        std::vector<std::jthread> writers;
        testing::StalledWriter stalled(*database);
        for (int i = 0; i < 20; ++i) {
            writers.emplace_back([&, i] {
                try {
                    database->write([&](Transaction& tx) {
                        tx.apply("INSERT INTO note (text) VALUES ($1)", "kept " + std::to_string(i));
                        tx.apply("INSERT INTO note (text) VALUES ($1)", i % 4 == 0 ? "same" : std::to_string(i));
                        if (i % 4 == 0)
                            throw base::NotFound("not yours");
                    });
                } catch (const base::NotFound&) {
                    ++refused;
                }
            });
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        stalled.release();
    }

    EXPECT_EQ(refused, 5);
    EXPECT_EQ(count(), 30);
    EXPECT_FALSE(has("kept 0"));
    EXPECT_TRUE(has("kept 1"));
}

TEST_F(Writing, NamesABrokenConstraint)
{
    add("Mei");
    EXPECT_THROW(add("Mei"), ConstraintViolation);
    EXPECT_THROW(
        database->write([](Transaction& tx) { tx.insert<UserId>("INSERT INTO note (parent) VALUES ($1)", 99); }),
        ConstraintViolation);
    EXPECT_EQ(count(), 1);
    EXPECT_THROW(database->write([](Transaction& tx) { tx.apply("INSERT INTO no_such_table VALUES (1)"); }), Error);
}

TEST_F(Writing, IsSeenWholeOrNotAtAllByReadersBesideIt)
{
    add("Mei");
    add("Omar");
    const std::string large(30'000, 'x');
    std::atomic<bool> going = true;
    std::atomic<int> torn = 0;
    {
        std::vector<std::jthread> readers;
        for (int i = 0; i < 3; ++i) {
            readers.emplace_back([&] {
                while (going) {
                    const auto lease = database->read();
                    const auto first = lease->query("SELECT number FROM note WHERE id = 1").integer();
                    torn += lease->query("SELECT number FROM note WHERE id = 2").integer() != first;
                }
            });
        }
        std::vector<std::jthread> writers;
        for (int i = 0; i < 2; ++i) {
            writers.emplace_back([&] {
                for (int j = 0; j < 60; ++j) {
                    database->write([&](Transaction& tx) {
                        tx.apply("UPDATE note SET number = COALESCE(number, 0) + 1 WHERE id = 1");
                        tx.apply("UPDATE note SET number = COALESCE(number, 0) + 1, bytes = $1 WHERE id = 2",
                            Value::blob(large));
                    });
                }
            });
        }
        writers.clear();
        going = false;
    }

    EXPECT_EQ(torn, 0);
    EXPECT_EQ(database->read()->query("SELECT sum(number) FROM note").integer(), 240);
}

TEST_F(Writing, EightThreadsLoseNothing)
{
    {
        std::vector<std::jthread> writers;
        for (int thread = 0; thread < 8; ++thread) {
            writers.emplace_back([&, thread] {
                for (int i = 0; i < 500; ++i)
                    add(std::to_string(thread) + "/" + std::to_string(i));
            });
        }
    }

    EXPECT_EQ(count(), 4000);
    EXPECT_EQ(database->read()->query("SELECT count(DISTINCT text) FROM note").integer(), 4000);
}

TEST_F(Writing, IsAnnouncedBeforeItReturns)
{
    std::atomic<int> commits = 0;
    // A server's listener calls, too, whenever it has connected: what belongs to a write is called on its thread.
    const bool is_any_thread = database->engine() == Engine::Sqlite;
    database->on_commit([&, caller = std::this_thread::get_id()] {
        if (is_any_thread || std::this_thread::get_id() == caller)
            ++commits;
    });

    add("Mei");
    EXPECT_EQ(commits, 1);
    EXPECT_THROW(add("Mei"), ConstraintViolation);
    EXPECT_EQ(commits, 1);
    // The listener calls for as long as it is there, and what it calls ends here.
    database->on_commit(nullptr);
}

TEST_F(Writing, InsideAWriteIsRefusedInsteadOfWaitingForEver)
{
    EXPECT_THROW(database->write([&](Transaction&) { add("inner"); }), std::logic_error);
    EXPECT_EQ(count(), 0);
}

TEST_F(Writing, ExclusiveWorkLeavesNoTransactionOpen)
{
    EXPECT_THROW(database->exclusively([](Connection& connection) {
        connection.query("BEGIN").integer();
        connection.query("INSERT INTO note (text) VALUES ('x')").integer();
        throw std::runtime_error("given up");
    }),
        std::runtime_error);

    EXPECT_EQ(count(), 0);
    add("after");
    EXPECT_EQ(count(), 1);
}

} // namespace
} // namespace db
