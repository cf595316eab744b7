#include "notifications/notification.hpp"

namespace notifications {

void notify_of_emergency(db::Transaction& tx, ServiceRequestId service_request, base::Time now)
{
    tx.apply(R"(
        INSERT INTO service_notification (user_id, service_request_id, message, created_at)
        SELECT id, $1, $2, $3 FROM auth_user WHERE role <> 'customer' AND is_active = 1)",
        service_request, "A gas leak was reported", now);
}

} // namespace notifications
