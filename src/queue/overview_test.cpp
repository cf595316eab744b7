#include "queue/overview.hpp"
#include "service_requests/counter.hpp"
#include "support/service_desk.hpp"

#include <gmock/gmock.h>
#include <random>

using namespace queue;
using namespace service_requests;

namespace {

class Overview : public support::ServiceDesk
{
  protected:
    std::int64_t real(base::Time from, base::Time until)
    {
        return database->read()
            ->query("SELECT COUNT(*) FROM service_servicerequest WHERE status = 'Pending' AND submitted_at >= $1"
                    " AND submitted_at < $2",
                from, until)
            .integer();
    }
};

} // namespace

TEST_F(Overview, KeptCountsAreTheNumbersOfRows)
{
    std::mt19937 random{25};
    constexpr std::array slugs{"maintenance", "billing", "gas-leak"};
    std::vector<ServiceRequestId> ids;
    for (int i = 0; i < 120; ++i) {
        clock.advance(std::chrono::minutes(random() % 3000));
        ids.push_back(submit(cast.mei, "Boiler", slugs[random() % slugs.size()]));
        const auto id = ids[random() % ids.size()];
        set_status(cast.ravi, id, random() % 3 == 0 ? Status::Pending : Status::Resolved);
    }
    for (int i = 0; i < 40; ++i) {
        const base::Time from = clock.now() - std::chrono::minutes(random() % 100'000);
        const base::Time until = from + std::chrono::minutes(random() % 50'000);
        EXPECT_EQ(count_open_between(*database->read(), from, until), real(from, until));
    }
    EXPECT_EQ(count_open_between(*database->read(), base::Time{}, clock.now()), real(base::Time{}, clock.now()));
    const auto by_type = count_open_by_type(*database->read());
    for (const char* slug : slugs) {
        EXPECT_EQ(by_type.at(type(slug)), database->read()
                                              ->query("SELECT COUNT(*) FROM service_servicerequest WHERE status ="
                                                      " 'Pending' AND request_type_id = $1",
                                                  type(slug))
                                              .integer());
    }
}

TEST_F(Overview, IdBoundsHoldEverythingBetweenTheDatesHoweverFarAClockWentBack)
{
    std::vector<std::pair<ServiceRequestId, base::Time>> rows;
    const auto add = [&](int count) {
        for (int i = 0; i < count; ++i) {
            const auto id = submit(cast.mei, "Boiler");
            rows.emplace_back(id, clock.now());
            clock.advance(std::chrono::minutes(7));
        }
    };
    add(60);
    clock.advance(-std::chrono::hours(5));
    add(60);
    for (std::size_t first = 0; first < rows.size(); first += 5) {
        const base::Time from = rows[first].second;
        const base::Time until = from + std::chrono::hours(1);
        const IdBounds bounds = find_id_bounds(*database->read(), from, until);
        for (const auto& [id, at] : rows) {
            if (at >= from && at < until) {
                EXPECT_LT(bounds.after, id);
                EXPECT_TRUE(!bounds.before || id < bounds.before);
            }
        }
    }
    const IdBounds whole = find_id_bounds(*database->read(), std::nullopt, std::nullopt);
    EXPECT_FALSE(whole.after || whole.before);
}
