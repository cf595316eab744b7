#pragma once

#include "comments/comment.hpp"
#include "notifications/notification.hpp"
#include "queue/queue.hpp"
#include "service_requests/service_request.hpp"
#include "support/cast.hpp"
#include "support/fake_clock.hpp"
#include "support/test_database.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace support {

/// A site with the cast and what they do at it; the nouns' tests begin from it.
class ServiceDesk : public ::testing::Test
{
  protected:
    ServiceDesk();

    /// What somebody does now.
    base::Act act(const base::Visitor& by) const { return {.visitor = by, .at = clock.now()}; }
    RequestTypeId type(std::string_view slug);
    /// A service request of Mei's or Omar's from their own address, or of nobody for a guest.
    ServiceRequestId submit(
        const base::Visitor& by, std::string_view description, std::string_view slug = "maintenance");
    CommentId comment(const base::Visitor& by, ServiceRequestId id, std::string_view text,
        base::Visibility visibility = base::Visibility::Public);
    /// Sets the status from the present version, of an emergency after it was made safe.
    service_requests::StatusChange set_status(
        const base::Visitor& by, ServiceRequestId id, service_requests::Status status);
    service_requests::ServiceRequest seen_by(const base::Visitor& visitor, ServiceRequestId id);
    std::vector<std::string> messages_to(const base::Visitor& user);

    FakeClock clock;
    TestDatabase database;
    Cast cast;
};

/// The ids of a list, in its order.
std::vector<ServiceRequestId> ids_of(const std::vector<service_requests::ServiceRequest>& list);

} // namespace support
