#pragma once
// The one select list and mapping that every list of service requests shares.

#include "db/connection.hpp"
#include "service_requests/service_request.hpp"

namespace service_requests {

/// SELECT with the columns of service_request_from_row; a FROM with `r` (service_servicerequest) follows, then
/// row_joins.
inline constexpr const char* row_columns = R"(
    SELECT r.id, r.user_id, r.account_id, r.request_type_id, t.slug, t.name, t.icon, r.description, r.status,
           r.submitted_at, r.resolved_at, r.updated_at, r.is_emergency, r.channel, r.address, r.contact_name,
           r.contact_phone, r.public_comments, r.attachments, r.internal_comments, r.internal_attachments, r.version,
           u.username, u.first_name, u.last_name, u.email, r.address_key,
           r.customer_replied_at, t.answer_minutes, r.taken_at)";
/// Left joins, though every row has a type: they keep the planner from walking the small table first.
inline constexpr const char* row_joins = R"(
      LEFT JOIN service_request_type t ON t.id = r.request_type_id
      LEFT JOIN auth_user u ON u.id = r.user_id)";

ServiceRequest service_request_from_row(const db::Row& row);
/// The same for a customer's eyes: nothing internal is counted.
ServiceRequest service_request_for_customer(const db::Row& row);
/// From two columns: how many are open, and how many there are.
OwnCounts own_counts_from_row(const db::Row& row);

} // namespace service_requests
