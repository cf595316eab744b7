#include "support/service_desk.hpp"

#include "actions/change_status.hpp"
#include "actions/submit_request.hpp"
#include "actions/write_comment.hpp"
#include "request_types/request_type.hpp"

namespace support {

ServiceDesk::ServiceDesk() : cast(add_cast(*database, clock.now())) {}

RequestTypeId ServiceDesk::type(std::string_view slug)
{
    const auto types = request_types::list_request_types(*database->read());
    return request_types::find_request_type(types, slug).value().id;
}

ServiceRequestId ServiceDesk::submit(const base::Visitor& by, std::string_view description, std::string_view slug)
{
    clock.advance(std::chrono::seconds(1));
    const bool is_mei = by.user_id == cast.mei.user_id;
    const bool is_omar = by.user_id == cast.omar.user_id;
    const service_requests::NewServiceRequest request{.user_id = by.user_id,
        .account_id = is_mei    ? cast.account_of_mei
                      : is_omar ? cast.account_of_omar
                                : AccountId{},
        .type_id = type(slug),
        .description = std::string(description),
        .address = is_mei ? "12 Elm Street" : "14 Elm Street"};
    return database->write(
        [&](db::Transaction& tx) { return actions::submit_request(tx, act(by), {.request = request}); });
}

CommentId ServiceDesk::comment(
    const base::Visitor& by, ServiceRequestId id, std::string_view text, base::Visibility visibility)
{
    clock.advance(std::chrono::seconds(1));
    return database->write([&](db::Transaction& tx) {
        return actions::write_comment(
            tx, act(by), {.service_request = id, .text = std::string(text), .visibility = visibility});
    });
}

service_requests::StatusChange ServiceDesk::set_status(
    const base::Visitor& by, ServiceRequestId id, service_requests::Status status)
{
    clock.advance(std::chrono::seconds(1));
    const auto version = seen_by(cast.ravi, id).version;
    return database->write([&](db::Transaction& tx) {
        return actions::change_status(tx, act(by),
            {.service_request = id,
                .status = status,
                .version = version,
                .end = actions::EmergencyEnd{.reason = "Repaired, no gas measured"}});
    });
}

service_requests::ServiceRequest ServiceDesk::seen_by(const base::Visitor& visitor, ServiceRequestId id)
{
    return service_requests::get_service_request(*database->read(), visitor, id);
}

std::vector<std::string> ServiceDesk::messages_to(const base::Visitor& user)
{
    std::vector<std::string> messages;
    for (const auto& notification : notifications::list_notifications(*database->read(), user.user_id, {})) {
        messages.push_back(notifications::sentence_of(notification).english());
    }
    return messages;
}

std::vector<ServiceRequestId> ids_of(const std::vector<service_requests::ServiceRequest>& list)
{
    std::vector<ServiceRequestId> ids;
    for (const auto& request : list) {
        ids.push_back(request.id);
    }
    return ids;
}

} // namespace support
