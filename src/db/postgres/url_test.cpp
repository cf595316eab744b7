#include "db/database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace db {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string refusal(const std::string& url)
{
    try {
        Database::open({.url = url});
    } catch (const Error& error) {
        return error.what();
    } catch (const base::Unavailable& error) {
        return error.what();
    }
    return "opened";
}

TEST(PostgresUrls, NoErrorTellsThePassword)
{
    for (const std::string url :
        {"postgresql://gas:open-sesame@127.0.0.1:1/gas", "postgresql://gas:open-sesame%zz@127.0.0.1/gas",
            "postgresql://gas:open-sesame@[::1/gas", "postgresql://gas:open-sesame@127.0.0.1:1/gas?nonsense=1"}) {
        EXPECT_THAT(refusal(url), AllOf(Not(HasSubstr("sesame")), Not(HasSubstr("opened")))) << url;
        EXPECT_THAT(shown_url(url), Not(HasSubstr("sesame"))) << url;
    }
}

TEST(PostgresUrls, AreShownWithoutPasswordAndOptions)
{
    EXPECT_EQ(shown_url("postgresql://gas:open-sesame@db1,db2:5433/gas?password=x&sslmode=require"),
        "postgresql://gas@db1,db2:,5433/gas");
    EXPECT_EQ(shown_url("sqlite:///var/gas.db"), "sqlite:///var/gas.db");
}

} // namespace
} // namespace db
