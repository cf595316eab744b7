#include "base/error.hpp"
#include "db/testing.hpp"

#include <sys/resource.h>

#include <atomic>
#include <csignal>
#include <future>

namespace db {
namespace {

/// One writer, one file, one disk that may be full.
class WritingToAFile : public testing::DatabaseTest
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

TEST_F(WritingToAFile, IsRefusedWhenTooManyWait)
{
    open({.url = {}, .readers = 1, .write_queue = 2, .batch = 256});
    std::vector<std::jthread> writers;
    testing::StalledWriter stalled(*database);
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
        testing::StalledWriter stalled(*database);
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
        testing::StalledWriter stalled(*database);
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

} // namespace
} // namespace db
