#include "actions/report_leak.hpp"

#include "actions/submit_request.hpp"
#include "request_types/request_type.hpp"

namespace actions {

ServiceRequestId report_leak(db::Transaction& tx, const base::Act& act, const ReportLeak& report)
{
    return submit_request(tx, act,
        {.request = {.user_id = act.visitor.is_staff() ? UserId() : act.visitor.user_id,
             .type_id = request_types::get_emergency_type(tx),
             .description = report.notes,
             .address = report.address,
             .contact_name = report.name,
             .contact_phone = report.phone,
             .channel = service_requests::Channel::Emergency,
             .follow_hash = report.follow_hash},
            .leak = report.answers,
            .last_of_browser = report.last_of_browser,
            .left_out = report.left_out});
}

} // namespace actions
