#include "service_requests/participant.hpp"

namespace service_requests {

void add_participant(db::Transaction& tx, ServiceRequestId id, UserId user)
{
    tx.apply(R"(
        INSERT INTO service_participant (service_request_id, user_id)
        SELECT CAST($1 AS BIGINT), u.id FROM auth_user u WHERE u.id = $2 AND u.role <> 'customer'
        ON CONFLICT DO NOTHING)",
        id, user);
}

} // namespace service_requests
