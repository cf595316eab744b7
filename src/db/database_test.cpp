#include "base/error.hpp"
#include "db/testing.hpp"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <fstream>
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
/// One writer, one file, one disk that may be full.
class WritingToAFile : public Writing
{
  protected:
    void SetUp() override
    {
        if (is_postgres())
            GTEST_SKIP() << "only on SQLite: its one writer and its file and lock";
    }
    void limit_pages_to_what_is_used()
    {
        database->exclusively([](Connection& connection) { connection.query("PRAGMA max_page_count = 1").integer(); });
    }
    void allow_many_pages()
    {
        database->exclusively(
            [](Connection& connection) { connection.query("PRAGMA max_page_count = 1000000").integer(); });
    }
};
class Opening : public testing::DatabaseTest
{
};
class OpeningAFile : public Opening
{
  protected:
    void SetUp() override
    {
        if (is_postgres())
            GTEST_SKIP() << "only on SQLite: its file and lock";
    }
};

/// Keeps the writer busy until released, so that what is written meanwhile forms one batch.
class StalledWriter
{
  public:
    explicit StalledWriter(Database& database)
        : thread_([this, &database] {
              database.exclusively([this](Connection&) {
                  stalled_.set_value();
                  released_.get_future().wait();
              });
          })
    {
        stalled_.get_future().wait();
    }
    ~StalledWriter() { release(); }
    void release()
    {
        if (!thread_.joinable())
            return;
        released_.set_value();
        thread_.join();
    }

  private:
    std::promise<void> stalled_;
    std::promise<void> released_;
    std::thread thread_;
};

/// While it lives, files of this process cannot grow beyond the size: a disk that fails.
class FileSizeLimit
{
  public:
    explicit FileSizeLimit(std::uintmax_t bytes)
    {
        ::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{.rlim_cur = bytes, .rlim_max = before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;
    ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }

  private:
    rlimit before_{};
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
        StalledWriter stalled(*database);
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
    EXPECT_THROW(database->write([](Transaction& tx) {
        tx.insert<UserId>("INSERT INTO note (parent) VALUES ($1) RETURNING id", 99);
    }),
        ConstraintViolation);
    EXPECT_EQ(count(), 1);
    EXPECT_THROW(database->write([](Transaction& tx) { tx.apply("INSERT INTO no_such_table VALUES (1)"); }), Error);
}

TEST_F(WritingToAFile, IsRefusedWhenTooManyWait)
{
    open({.url = {}, .readers = 1, .write_queue = 2, .batch = 256});
    std::vector<std::jthread> writers;
    StalledWriter stalled(*database);
    std::atomic<int> kept = 0;
    std::atomic<int> refused = 0;
    for (int i = 0; i < 5; ++i) {
        writers.emplace_back([&, i] {
            try {
                add(std::to_string(i));
                ++kept;
            } catch (const base::Unavailable&) {
                ++refused;
            }
        });
    }
    while (refused < 3)
        std::this_thread::yield();
    stalled.release();
    writers.clear();

    EXPECT_EQ(kept, 2);
    EXPECT_EQ(refused, 3);
    EXPECT_EQ(count(), 2);
}

TEST_F(WritingToAFile, OnAFullDiskIsUnavailableAndRecoversByItself)
{
    const std::string long_text(100'000, 'x');
    add("before");
    limit_pages_to_what_is_used();

    for (int i = 0; i < 3; ++i)
        EXPECT_THROW(add(long_text + std::to_string(i)), base::Unavailable);
    EXPECT_EQ(count(), 1);
    EXPECT_TRUE(has("before"));

    allow_many_pages();
    EXPECT_NO_THROW(add(long_text));
    EXPECT_EQ(count(), 2);
}

TEST_F(WritingToAFile, AFullDiskFailsOnlyWhatWasNotStored)
{
    limit_pages_to_what_is_used();
    std::atomic<int> kept = 0;
    {
        std::vector<std::jthread> writers;
        StalledWriter stalled(*database);
        for (int i = 0; i < 10; ++i) {
            writers.emplace_back([&, i] {
                try {
                    add(i == 5 ? std::string(100'000, 'x') : std::to_string(i));
                    ++kept;
                } catch (const base::Unavailable&) {
                }
            });
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        stalled.release();
    }

    EXPECT_EQ(count(), kept);
    EXPECT_LT(kept, 10);
}

TEST_F(WritingToAFile, WorkThatSwallowsAFullDiskIsStillRolledBackWhole)
{
    limit_pages_to_what_is_used();
    std::int64_t told = 0;
    try {
        database->write([](Transaction& tx) {
            tx.apply("INSERT INTO note (text) VALUES ('first')");
            try {
                tx.apply("INSERT INTO note (text) VALUES ($1)", std::string(100'000, 'x'));
            } catch (const base::Unavailable&) {
                tx.apply("INSERT INTO note (text) VALUES ('second')");
            }
        });
        told = 2;
    } catch (const base::Unavailable&) {
        told = 0;
    }

    EXPECT_EQ(count(), told);
}

TEST_F(WritingToAFile, AFailedCommitFailsItsWholeBatchAndNothingAfterIt)
{
    database->write([](Transaction& tx) { tx.apply("INSERT INTO note (text, number) VALUES ('counter', 0)"); });
    std::atomic<int> unavailable = 0;
    {
        std::vector<std::jthread> writers;
        StalledWriter stalled(*database);
        for (int i = 0; i < 5; ++i) {
            writers.emplace_back([&] {
                try {
                    database->write([](Transaction& tx) {
                        tx.apply("UPDATE note SET number = number + 1, bytes = randomblob(20000)");
                    });
                } catch (const base::Unavailable&) {
                    ++unavailable;
                }
            });
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        // The pages reach the log only with the commit.
        const FileSizeLimit limit(std::filesystem::file_size(directory.file("gas.db-wal")) + 5000);
        stalled.release();
        writers.clear();
    }

    EXPECT_EQ(unavailable, 5);
    EXPECT_EQ(database->read()->query("SELECT number FROM note").integer(), 0);

    database->write([](Transaction& tx) { tx.apply("UPDATE note SET number = number + 1"); });
    open();
    EXPECT_EQ(database->read()->query("SELECT number FROM note").integer(), 1);
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

TEST_F(OpeningAFile, KeepsWhatWasWrittenAndLeavesNoLog)
{
    add("Mei");
    const auto log = directory.file("gas.db-wal");
    EXPECT_TRUE(std::filesystem::exists(log));

    database.reset();

    EXPECT_FALSE(std::filesystem::exists(log));
    open();
    EXPECT_TRUE(has("Mei"));
}

TEST_F(OpeningAFile, ASecondTimeIsRefusedInPlainWords)
{
    try {
        Database::open({.url = url()});
        FAIL() << "opened twice";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("already in use by process " + std::to_string(::getpid())),
            std::string::npos);
    }
}

TEST_F(OpeningAFile, IsPossibleAgainAfterTheProcessWasKilled)
{
    database.reset();
    const pid_t child = ::fork();
    if (child == 0) {
        const auto mine = Database::open({.url = url()});
        mine->write([](Transaction& tx) { tx.apply("INSERT INTO note (text) VALUES ('durable')"); });
        ::_exit(0); // No destructor runs: what a crash leaves.
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_EQ(status, 0);
    ASSERT_GT(std::filesystem::file_size(directory.file("gas.db-wal")), 0U);

    open();

    EXPECT_TRUE(has("durable"));
}

TEST_F(OpeningAFile, ADamagedFileIsRefused)
{
    for (int i = 0; i < 200; ++i)
        add(std::string(500, 'x') + std::to_string(i));
    database.reset();
    {
        std::fstream file(directory.file("gas.db"), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(8192);
        file << std::string(4096, '\x5a');
    }

    EXPECT_THROW(open(), Error);
}

TEST_F(Opening, SomethingElseThanADatabaseIsRefused)
{
    std::ofstream(directory.file("letter.txt")) << std::string(5000, 'a');

    EXPECT_THROW(Database::open({.url = "sqlite:///" + directory.file("letter.txt").string()}), Error);
    EXPECT_THROW(Database::open({.url = "sqlite:///" + directory.file("no/such/directory.db").string()}), Error);
    EXPECT_THROW(Database::open({.url = "mysql://host/name"}), Error);
    EXPECT_THROW(Database::open({.url = "sqlite:///"}), Error);
}

TEST_F(OpeningAFile, KeepsTheFilesFromOtherUsers)
{
    add("Mei");
    for (const auto* name : {"gas.db", "gas.db-wal", "gas.db.lock"}) {
        struct stat found = {};
        ASSERT_EQ(::stat(directory.file(name).c_str(), &found), 0) << name;
        EXPECT_EQ(found.st_mode & 0777, 0600U) << name;
    }
}

TEST_F(OpeningAFile, UsesTheSettingsThatKeepDataSafe)
{
    database->exclusively([](Connection& connection) {
        EXPECT_EQ(connection.query("PRAGMA synchronous").integer(), 2);
        EXPECT_EQ(connection.query("PRAGMA foreign_keys").integer(), 1);
        EXPECT_EQ(connection.query("PRAGMA trusted_schema").integer(), 0);
        EXPECT_EQ(connection.query("PRAGMA cell_size_check").integer(), 1);
        EXPECT_EQ(connection.query("PRAGMA wal_autocheckpoint").integer(), 0);
        EXPECT_EQ(connection.query("PRAGMA cache_size").integer(), -8192);
    });
    const auto lease = database->read();
    EXPECT_EQ(lease->query("PRAGMA query_only").integer(), 1);
    EXPECT_EQ(lease->query("PRAGMA wal_autocheckpoint").integer(), 0);
    EXPECT_EQ(lease->query("PRAGMA cache_size").integer(), -4096);
    EXPECT_EQ(database->engine(), Engine::Sqlite);
    EXPECT_TRUE(database->version().starts_with("SQLite 3."));
}

TEST_F(OpeningAFile, CheckpointsSoThatTheLogDoesNotGrowForEver)
{
    const std::string text(400'000, 'x');
    for (int i = 0; i < 200; ++i)
        add(text + std::to_string(i));

    EXPECT_LT(std::filesystem::file_size(directory.file("gas.db-wal")), 40'000'000U);
}

} // namespace
} // namespace db
