#include "db/postgres_reigns.hpp"

#include <gtest/gtest.h>

namespace db {
namespace {

TEST(PostgresReigns, APrimaryOfAnEarlierReignIsNotBelieved)
{
    PostgresReigns reigns;
    EXPECT_TRUE(reigns.is_latest({"7301", 1}));
    EXPECT_TRUE(reigns.is_latest({"7301", 2}));
    EXPECT_FALSE(reigns.is_latest({"7301", 1})) << "it was frozen while another took over";
    EXPECT_TRUE(reigns.is_latest({"7301", 2}));
}

TEST(PostgresReigns, AnotherClusterAndAServerThatDoesNotTellAreBelieved)
{
    PostgresReigns reigns;
    EXPECT_TRUE(reigns.is_latest({"7301", 5}));
    EXPECT_TRUE(reigns.is_latest({"8812", 1}));
    EXPECT_TRUE(reigns.is_latest({"", 1}));
    EXPECT_TRUE(reigns.is_latest({"7301", 0}));
}

TEST(PostgresReigns, TheNumberIsTheBeginningOfTheLogFilesName)
{
    EXPECT_EQ(reign_in_log_name("0000000A00000001000000FE"), 10U);
    EXPECT_EQ(reign_in_log_name("0000000A"), 0U);
    EXPECT_EQ(reign_in_log_name(""), 0U);
}

} // namespace
} // namespace db
