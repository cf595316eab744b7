#include "actions/emergencies/correct_address.hpp"

#include "base/error.hpp"
#include "events/event.hpp"
#include "queue/queue.hpp"
#include "support/service_desk.hpp"

#include <gmock/gmock.h>

using service_requests::Status;
using support::ids_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

class CorrectedAddresses : public support::ServiceDesk
{
  protected:
    bool correct(const base::Visitor& by, ServiceRequestId id, const std::string& before, const std::string& after)
    {
        return database->write([&](db::Transaction& tx) {
            return actions::correct_address(tx, act(by), id, {.before = before, .after = after});
        });
    }
    service_requests::ServiceRequest get(ServiceRequestId id)
    {
        return service_requests::get_service_request_for_staff(*database->read(), id);
    }
    std::vector<ServiceRequestId> found(std::string words)
    {
        return ids_of(queue::list_queue(*database->read(), {.search = std::move(words)}));
    }
    std::vector<events::Event> read_by_the_customer(ServiceRequestId id)
    {
        return events::list_status_events(*database->read(), id, base::Visibility::Public);
    }
};

TEST_F(CorrectedAddresses, AreInTheHistoryAndFoundByTheirNewWords)
{
    const auto id = submit(cast.mei, "Gas", "gas-leak");
    const std::string before = get(id).address;
    ASSERT_TRUE(correct(cast.ravi, id, before, "8 Harbor View"));

    EXPECT_EQ(get(id).address, "8 Harbor View");
    EXPECT_EQ(get(id).address_key, service_requests::address_key("8 Harbor View"));
    EXPECT_THAT(found("harbor"), ElementsAre(id));
    const auto history = read_by_the_customer(id);
    EXPECT_EQ(history.back().kind, events::Kind::Changed);
    EXPECT_THAT(history.back().before_value, HasSubstr(before));
    EXPECT_THAT(history.back().after_value, HasSubstr("8 Harbor View"));
    EXPECT_EQ(history.back().actor_id, cast.ravi.user_id);
}

TEST_F(CorrectedAddresses, NothingIsWrittenOverWhatSomebodyElseSaved)
{
    const auto id = submit(cast.mei, "Gas", "gas-leak");
    const std::string before = get(id).address;
    ASSERT_TRUE(correct(cast.sofia, id, before, "9 Harbor View"));
    EXPECT_FALSE(correct(cast.ravi, id, before, "8 Harbor View"));
    EXPECT_EQ(get(id).address, "9 Harbor View");
    const auto events = read_by_the_customer(id).size();
    EXPECT_TRUE(correct(cast.ravi, id, "9 Harbor View", "9 Harbor View"));
    EXPECT_EQ(read_by_the_customer(id).size(), events) << "nothing changed";
}

TEST_F(CorrectedAddresses, ResolvedRequestsKeepTheirsAndOnlyStaffCorrects)
{
    const auto id = submit(cast.mei, "Boiler", "maintenance");
    const std::string before = get(id).address;
    EXPECT_THROW(correct(cast.mei, id, before, "8 Harbor View"), base::Forbidden);
    set_status(cast.ravi, id, Status::Resolved);
    EXPECT_FALSE(correct(cast.ravi, id, before, "8 Harbor View"));
    EXPECT_EQ(get(id).address, before);
    EXPECT_THAT(found("harbor"), IsEmpty());
}

} // namespace
