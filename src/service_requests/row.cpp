#include "service_requests/row.hpp"

#include "base/phone/phone.hpp"

namespace service_requests {

ServiceRequest service_request_from_row(const db::Row& row)
{
    ServiceRequest request;
    request.id = row.id<ServiceRequestId>(0);
    request.user_id = row.id<UserId>(1);
    request.account_id = row.id<AccountId>(2);
    request.type_id = row.id<RequestTypeId>(3);
    request.type_slug = row.string(4);
    request.type_name = row.string(5);
    request.type_icon = row.string(6);
    request.description = row.string(7);
    request.status = row.text(8) == status_name(Status::Pending) ? Status::Pending : Status::Resolved;
    request.submitted_at = row.time(9);
    request.resolved_at = row.optional_time(10);
    request.updated_at = row.time(11);
    request.is_emergency = row.boolean(12);
    // One that a newer version added is shown like the web's.
    request.channel = parse_channel(row.text(13)).value_or(Channel::Web);
    request.address = row.string(14);
    request.contact_name = row.string(15);
    request.contact_phone = base::normal_phone(row.text(16));
    request.public_comments = row.integer(17);
    request.attachments = row.integer(18);
    request.internal_comments = row.integer(19);
    request.internal_attachments = row.integer(20);
    request.version = row.integer(21);
    if (request.user_id) {
        request.username = row.string(22);
        request.customer_name = base::full_name(row.text(23), row.text(24), row.text(22));
        request.customer_email = row.string(25);
    }
    request.address_key = row.string(26);
    request.customer_replied_at = row.optional_time(27);
    request.answer_within = std::chrono::minutes(row.integer(28));
    request.taken_at = row.optional_time(29);
    return request;
}

OwnCounts own_counts_from_row(const db::Row& row)
{
    return {.pending = row.integer(0), .resolved = row.integer(1) - row.integer(0)};
}

ServiceRequest service_request_for_customer(const db::Row& row)
{
    ServiceRequest request = service_request_from_row(row);
    request.internal_comments = 0;
    request.internal_attachments = 0;
    request.customer_replied_at.reset();
    return request;
}

} // namespace service_requests
