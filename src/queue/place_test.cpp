#include "queue/place.hpp"
#include "queue/queue.hpp"

#include "request_types/request_type.hpp"
#include "support/service_desk.hpp"

#include <gmock/gmock.h>

#include <algorithm>

using namespace queue;
using service_requests::Status;
using support::ids_of;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

namespace {

class ListPlaces : public support::ServiceDesk
{
  protected:
    std::vector<ServiceRequestId> submit_some(int count)
    {
        std::vector<ServiceRequestId> ids;
        for (int i = 0; i < count; ++i)
            ids.push_back(
                submit(cast.mei, "Boiler number " + std::to_string(i), i % 2 == 0 ? "billing" : "maintenance"));
        return ids;
    }
    std::vector<service_requests::ServiceRequest> all(search::Filter filter)
    {
        filter.page_size = 100;
        filter.position.reset();
        return queue::list_queue(*database->read(), filter);
    }
    std::vector<ServiceRequestId> before(search::Filter filter, std::size_t number, std::size_t limit)
    {
        filter.position = position_after(filter.sort, all(filter).at(number));
        return ids_of(list_before(*database->read(), filter, limit));
    }
    Found found(const search::Filter& filter) { return count_found(*database->read(), filter).value(); }
};

TEST_F(ListPlaces, WhatComesBeforeARowIsListedBackwardsInEveryOrder)
{
    submit_some(9);
    set_status(cast.ravi, ServiceRequestId{4}, Status::Resolved);
    for (const auto sort : {search::Sort::Newest, search::Sort::Oldest, search::Sort::Updated}) {
        for (const std::string words : {"", "boiler"}) {
            const search::Filter filter{.search = words, .sort = sort};
            if (!words.empty() && sort == search::Sort::Updated) {
                EXPECT_THAT(before(filter, 5, 3), IsEmpty()) << "no index walks back";
                continue;
            }
            const auto ids = ids_of(all(filter));
            EXPECT_THAT(before(filter, 5, 3), ElementsAre(ids[4], ids[3], ids[2])) << words;
            EXPECT_THAT(before(filter, 1, 3), ElementsAre(ids[0])) << words;
            EXPECT_THAT(before(filter, 0, 3), IsEmpty()) << words;
        }
    }
}

TEST_F(ListPlaces, TheNeighborsOfOneThatLeftTheListAreThoseBesideItsPlace)
{
    submit_some(3);
    set_status(cast.ravi, ServiceRequestId{2}, Status::Resolved);
    const auto left = all({.status = Status::Resolved}).at(0);
    search::Filter pending{.status = Status::Pending, .page_size = 0};
    pending.position = position_after(pending.sort, left);

    EXPECT_THAT(ids_of(list_before(*database->read(), pending, 1)), ElementsAre(ServiceRequestId{3}));
    EXPECT_THAT(ids_of(queue::list_queue(*database->read(), pending)), ElementsAre(ServiceRequestId{1}));
}

TEST_F(ListPlaces, CountsWhatFitsAndWhatComesBefore)
{
    submit_some(7);
    set_status(cast.ravi, ServiceRequestId{1}, Status::Resolved);
    EXPECT_EQ(found({}).total, 7);
    EXPECT_EQ(found({.status = Status::Pending}).total, 6);
    const auto types = request_types::list_request_types(*database->read());
    const auto billing = std::ranges::find(types, "billing", &request_types::RequestType::slug)->id;
    EXPECT_EQ(found({.types = {billing}}).total, 4);
    EXPECT_EQ(found({.from = all({}).front().submitted_at}).total, 1);
    EXPECT_EQ(found({.until = all({}).front().submitted_at}).total, 6);
    EXPECT_EQ(found({.resolved_from = base::Time{}}).total, 1);
    for (const auto sort : {search::Sort::Newest, search::Sort::Oldest, search::Sort::Updated}) {
        search::Filter filter{.sort = sort};
        filter.position = position_after(sort, all(filter).at(4));
        EXPECT_EQ(found(filter).total, 7);
        EXPECT_EQ(found(filter).before, 5);
    }
    EXPECT_FALSE(count_found(*database->read(), {.search = "boiler"})) << "matches are not counted";
}

} // namespace
