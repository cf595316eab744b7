#include "web/recent.hpp"

#include "support/test_database.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace {

using namespace std::chrono_literals;

constexpr base::Time noon{12h};
int reads = 0;

std::string read_name(db::Connection&)
{
    return "name " + std::to_string(++reads);
}

std::string read_other(db::Connection&)
{
    return "other";
}

std::string read_in_vain(db::Connection&)
{
    ++reads;
    throw std::runtime_error("no answer");
}

class Recent : public testing::Test
{
  protected:
    Recent() { reads = 0; }
    template <typename T>
    T get(T (*read)(db::Connection&), base::Time now)
    {
        return *recent.get(read, now, [this]() -> db::Connection& { return *lease; });
    }

    support::TestDatabase database;
    db::ReadLease lease{database->read()};
    web::Recent recent;
};

TEST_F(Recent, IsReadOnceASecond)
{
    EXPECT_EQ(get(read_name, noon), "name 1");
    EXPECT_EQ(get(read_name, noon + 999ms), "name 1");
    EXPECT_EQ(get(read_name, noon + 1s), "name 2");
    EXPECT_EQ(get(read_name, noon + 1s), "name 2");
}

TEST_F(Recent, BorrowsNoConnectionForWhatItKnows)
{
    get(read_name, noon);

    EXPECT_EQ(
        *recent.get(read_name, noon, []() -> db::Connection& { throw std::logic_error("a connection was borrowed"); }),
        "name 1");
}

TEST_F(Recent, KeepsEachQueryApart)
{
    EXPECT_EQ(get(read_name, noon), "name 1");
    EXPECT_EQ(get(read_other, noon), "other");
}

TEST_F(Recent, SurvivesItsNextReading)
{
    const auto first = recent.get(read_name, noon, [this]() -> db::Connection& { return *lease; });
    get(read_name, noon + 2s);

    EXPECT_EQ(*first, "name 1");
}

TEST_F(Recent, IsReadAnewWhenTheClockWasSetBack)
{
    get(read_name, noon);

    EXPECT_EQ(get(read_name, noon - 1h), "name 2");
}

TEST_F(Recent, KeepsNoFailure)
{
    EXPECT_THROW(get(read_in_vain, noon), std::runtime_error);
    EXPECT_THROW(get(read_in_vain, noon), std::runtime_error);

    EXPECT_EQ(reads, 2);
}

} // namespace
