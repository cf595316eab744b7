#include "db/postgres/timelines.hpp"

#include <gtest/gtest.h>

namespace db {
namespace {

TEST(PostgresTimelines, APrimaryOfAnEarlierTimelineIsNotBelieved)
{
    PostgresTimelines timelines;
    EXPECT_TRUE(timelines.is_latest({"7301", 1}));
    EXPECT_TRUE(timelines.is_latest({"7301", 2}));
    EXPECT_FALSE(timelines.is_latest({"7301", 1})) << "it was frozen while another took over";
    EXPECT_TRUE(timelines.is_latest({"7301", 2}));
}

TEST(PostgresTimelines, AnotherClusterAndAServerThatDoesNotTellAreBelieved)
{
    PostgresTimelines timelines;
    EXPECT_TRUE(timelines.is_latest({"7301", 5}));
    EXPECT_TRUE(timelines.is_latest({"8812", 1}));
    EXPECT_TRUE(timelines.is_latest({"", 1}));
    EXPECT_TRUE(timelines.is_latest({"7301", 0}));
}

TEST(PostgresTimelines, TheNumberIsTheBeginningOfTheLogFilesName)
{
    EXPECT_EQ(timeline_in_log_name("0000000A00000001000000FE"), 10U);
    EXPECT_EQ(timeline_in_log_name("0000000A"), 0U);
    EXPECT_EQ(timeline_in_log_name(""), 0U);
}

} // namespace
} // namespace db
