#include "service_requests/closed_contacts.hpp"

namespace service_requests {

bool has_open_emergency(db::Connection& db, UserId user)
{
    return db.query(R"(
        SELECT COUNT(*) FROM service_servicerequest
         WHERE user_id = $1 AND status = 'Pending' AND is_emergency = 1)",
                 user)
               .integer() > 0;
}

void set_closed_contact(db::Transaction& tx, const ClosedContact& contact)
{
    tx.apply(R"(
        UPDATE service_servicerequest
           SET contact_name = CASE WHEN contact_name = '' THEN $2 ELSE contact_name END,
               contact_phone = CASE WHEN contact_phone = '' THEN $3 ELSE contact_phone END
         WHERE user_id = $1 AND status = 'Pending' AND is_emergency = 1)",
        contact.user, contact.name, contact.phone);
    tx.apply(R"(
        UPDATE service_servicerequest SET contact_name = '', contact_phone = ''
         WHERE user_id = $1 AND NOT (status = 'Pending' AND is_emergency = 1)
           AND (contact_name <> '' OR contact_phone <> ''))",
        contact.user);
    tx.apply(R"(
        UPDATE service_leak_report SET sender = ''
         WHERE sender <> ''
           AND service_request_id IN (SELECT r.id FROM service_servicerequest r
                                       WHERE r.user_id = $1 AND NOT (r.status = 'Pending' AND r.is_emergency = 1)))",
        contact.user);
}

std::vector<ServiceRequestId> list_closed_with_contact(db::Connection& db, std::size_t limit)
{
    return db::map_rows(db.query(R"(
        SELECT r.id FROM auth_user u JOIN service_servicerequest r ON r.user_id = u.id
         WHERE u.closed_at IS NOT NULL AND r.status = 'Resolved' AND (r.contact_name <> '' OR r.contact_phone <> '')
         ORDER BY r.id LIMIT $1)",
                            limit),
        [](const db::Row& row) { return row.id<ServiceRequestId>(0); });
}

void remove_contact(db::Transaction& tx, ServiceRequestId id)
{
    tx.apply("UPDATE service_servicerequest SET contact_name = '', contact_phone = '' WHERE id = $1", id);
    tx.apply("UPDATE service_leak_report SET sender = '' WHERE service_request_id = $1", id);
}

} // namespace service_requests
