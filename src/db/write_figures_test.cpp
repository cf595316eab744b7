#include "db/testing.hpp"

namespace db {
namespace {

class WriteFiguresOf : public testing::DatabaseTest
{
};

TEST_F(WriteFiguresOf, EachCommitIsCountedWithItsTime)
{
    const auto& figures = database->write_figures();
    const auto before = figures.groups.sum();

    add("one");
    add("two");

    EXPECT_EQ(figures.groups.sum(), before + 2);
    std::uint64_t commits = 0;
    for (std::size_t at = 0; at <= commit_bounds.size(); ++at)
        commits += figures.commit_times.count(at);
    EXPECT_EQ(commits, before + 2);
    EXPECT_GT(figures.commit_times.sum(), 0U);
}

TEST_F(WriteFiguresOf, TransactionsThatShareACommitAreOneGroup)
{
    if (is_postgres())
        GTEST_SKIP() << "only on SQLite: it commits several together";
    const auto& figures = database->write_figures();
    {
        std::vector<std::jthread> writers;
        testing::StalledWriter stalled(*database);
        for (int i = 0; i < 5; ++i)
            writers.emplace_back([this, i] { add(std::to_string(i)); });
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        stalled.release();
    }

    EXPECT_EQ(figures.groups.count(3), 1U) << "5 to 8";
    EXPECT_GT(figures.log_pages.load(), 0U);
}

} // namespace
} // namespace db
