#include "service_requests/emergency.hpp"

#include "base/error.hpp"
#include "service_requests/participant.hpp"
#include "service_requests/service_request.hpp"

namespace service_requests {

namespace {

Taking reason_not_taken(db::Connection& db, UserId by, ServiceRequestId id)
{
    const auto reason = db.query(R"(
        SELECT r.is_emergency, r.status, r.taken_by
          FROM service_servicerequest r, auth_user u
         WHERE r.id = $1 AND u.id = $2 AND u.is_active = 1 AND u.role <> 'customer')",
                              id, by.value)
                            .first([&](const db::Row& row) {
                                if (!row.boolean(0) || row.text(1) != status_name(Status::Pending))
                                    return Taking::Over;
                                return row.id<UserId>(2) == by ? Taking::AlreadyYours : Taking::AlreadyTaken;
                            });
    if (!reason)
        throw base::NotFound("no service request that this visitor may take");
    return *reason;
}

} // namespace

Taking set_taken(db::Transaction& tx, const base::Act& act, ServiceRequestId id)
{
    const UserId by = act.visitor.user_id;
    const auto taken = tx.execute(R"(
        UPDATE service_servicerequest SET taken_by = $2, taken_at = $3
         WHERE id = $1 AND is_emergency = 1 AND status = 'Pending' AND taken_at IS NULL
           AND EXISTS (SELECT 1 FROM auth_user u WHERE u.id = $2 AND u.is_active = 1 AND u.role <> 'customer'))",
        id, by.value, act.at);
    if (taken == 0)
        return reason_not_taken(tx, by, id);
    add_participant(tx, id, by);
    return Taking::Done;
}

} // namespace service_requests
