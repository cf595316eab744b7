#include "request_types/request_type.hpp"

#include "support/test_database.hpp"

#include <gmock/gmock.h>

using testing::ElementsAre;

namespace {

class RequestTypes : public testing::Test
{
  protected:
    std::vector<request_types::RequestType> types() { return request_types::list_request_types(*database->read()); }
    std::string name_of(std::string_view slug_or_name)
    {
        const auto found = request_types::find_request_type(types(), slug_or_name);
        return found ? found->name : "nothing";
    }

    support::TestDatabase database;
};

} // namespace

TEST_F(RequestTypes, ComeInTheOrderOfTheirCards)
{
    std::vector<std::string> slugs;
    for (const auto& type : types())
        slugs.push_back(type.slug);

    EXPECT_THAT(slugs,
        ElementsAre("gas-leak", "no-gas-or-heat", "maintenance", "installation", "meter-reading", "billing", "other"));
}

TEST_F(RequestTypes, AGasLeakIsAnEmergencyAnsweredAtOnce)
{
    const auto leak = request_types::find_request_type(types(), "gas-leak");
    const auto no_heat = request_types::find_request_type(types(), "no-gas-or-heat");

    ASSERT_TRUE(leak && no_heat);
    EXPECT_TRUE(leak->is_emergency);
    EXPECT_EQ(leak->answer_within, std::chrono::minutes(0));
    EXPECT_EQ(leak->icon, "alert-triangle");
    EXPECT_FALSE(no_heat->is_emergency);
    EXPECT_EQ(no_heat->answer_within, std::chrono::minutes(60));
}

TEST_F(RequestTypes, AreFoundBySlugAndByNameInAnyCase)
{
    EXPECT_EQ(name_of("gas-leak"), "Gas Leak");
    EXPECT_EQ(name_of("Gas Leak"), "Gas Leak");
    EXPECT_EQ(name_of(" METER READING "), "Meter Reading");
    EXPECT_EQ(name_of("leak"), "nothing");
    EXPECT_EQ(name_of(""), "nothing");
}

TEST_F(RequestTypes, RetiredOnesAreListedButNotFound)
{
    database->write(
        [](db::Transaction& tx) { tx.apply("UPDATE service_request_type SET is_active = 0 WHERE slug = 'billing'"); });

    EXPECT_EQ(name_of("billing"), "nothing");
    EXPECT_EQ(name_of("Billing"), "nothing");
    EXPECT_EQ(types().size(), 7u);
}
