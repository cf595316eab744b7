#include "server/watch/readiness.hpp"

#include "db/testing.hpp"
#include "storage/local_store.hpp"
#include "support/test_database.hpp"

#include <gmock/gmock.h>

#include <future>
#include <limits>
#include <thread>

namespace {

using namespace std::chrono_literals;
using server::Part;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr server::ReadinessLimits always_anew{.good_for = 0ms, .bad_for = 0ms};

class ReadinessOfASite : public testing::Test
{
  protected:
    std::filesystem::path root() const { return database.directory() / "attachments"; }

    support::TestDatabase database;
    storage::LocalStore store{root()};
};

TEST_F(ReadinessOfASite, NothingFailsAndNothingStaysBehind)
{
    server::Readiness readiness(*database, store, always_anew);

    EXPECT_THAT(readiness.failing_parts(), IsEmpty());

    EXPECT_EQ(database.number("SELECT count(*) FROM service_submission"), 0);
    EXPECT_TRUE(std::filesystem::is_empty(store.temporary_directory()));
}

TEST_F(ReadinessOfASite, ARowIsReallyWritten)
{
    if (support::tests_use_postgres())
        GTEST_SKIP() << "only on SQLite: it looks at the log's file";
    server::Readiness readiness(*database, store, always_anew);
    const auto log = std::filesystem::path(database->home() + "-wal");
    const auto before = std::filesystem::file_size(log);

    readiness.failing_parts();

    EXPECT_GT(std::filesystem::file_size(log), before);
}

TEST_F(ReadinessOfASite, ManyWhoAskMakeOneWrite)
{
    const auto& commits = database->write_figures().groups;
    const auto before = commits.sum();
    server::Readiness readiness(*database, store, {.good_for = 1h});

    for (int i = 0; i < 10; ++i)
        EXPECT_THAT(readiness.failing_parts(), IsEmpty());

    EXPECT_EQ(commits.sum(), before + 1);
}

TEST_F(ReadinessOfASite, AMissingDirectoryIsNamedAndLoggedOnce)
{
    server::Readiness readiness(*database, store, always_anew);
    std::filesystem::rename(root(), database.directory() / "away");

    testing::internal::CaptureStderr();
    EXPECT_THAT(readiness.failing_parts(), ElementsAre(Part::Attachments));
    EXPECT_THAT(readiness.failing_parts(), ElementsAre(Part::Attachments));
    const std::string log = testing::internal::GetCapturedStderr();
    EXPECT_THAT(log, AllOf(HasSubstr(" error not ready: attachments: open " + root().string()),
                         HasSubstr("No such file or directory")));
    EXPECT_EQ(log.find("not ready", log.find("not ready") + 1), std::string::npos);

    std::filesystem::rename(database.directory() / "away", root());
    testing::internal::CaptureStderr();
    EXPECT_THAT(readiness.failing_parts(), IsEmpty());
    EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr(" info ready again"));
}

TEST_F(ReadinessOfASite, ADiskWithLittleRoomIsNamedBeforeItIsFull)
{
    server::Readiness readiness(
        *database, store, {.good_for = 0ms, .bad_for = 0ms, .least_free = std::numeric_limits<std::uint64_t>::max()});

    EXPECT_THAT(readiness.failing_parts(), ElementsAre(Part::Disk));
}

TEST_F(ReadinessOfASite, AWriterThatHangsIsNamedWithoutWaitingForItsEnd)
{
    if (support::tests_use_postgres())
        GTEST_SKIP() << "only on SQLite: its one writer";
    server::Readiness readiness(*database, store, {.patience = 50ms});
    db::testing::StalledWriter stalled(*database);
    auto first = std::async(std::launch::async, [&] { return readiness.failing_parts(); });
    std::this_thread::sleep_for(20ms);

    EXPECT_THAT(readiness.failing_parts(), ElementsAre(Part::Database));

    stalled.release();
    EXPECT_THAT(first.get(), IsEmpty());
    EXPECT_THAT(readiness.failing_parts(), IsEmpty());
}

TEST_F(ReadinessOfASite, ADatabaseThatCannotBeWrittenIsNamed)
{
    server::Readiness readiness(*database, store, always_anew);
    database->exclusively(
        [](db::Connection& db) { db.query("ALTER TABLE service_submission RENAME TO gone").integer(); });

    EXPECT_THAT(readiness.failing_parts(), ElementsAre(Part::Database));

    // On PostgreSQL another test gets this database next.
    database->exclusively(
        [](db::Connection& db) { db.query("ALTER TABLE gone RENAME TO service_submission").integer(); });
    EXPECT_THAT(readiness.failing_parts(), IsEmpty());
}

} // namespace
