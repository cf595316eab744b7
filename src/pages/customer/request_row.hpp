#pragma once

#include "base/reference.hpp"
#include "leaks/leak_report.hpp"
#include "pages/customer/views.hpp"
#include "pages/shared/presentation.hpp"
#include "pages/shared/source.hpp"
#include "request_types/request_type.hpp"
#include "web/context.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace pages::customer {

/// Asked for open leaks only, of which nobody has many.
inline bool is_somebody_trapped(db::Connection& db, const service_requests::ServiceRequest& request)
{
    if (!request.is_emergency || request.status != service_requests::Status::Pending)
        return false;
    const auto leak = leaks::find_leak_report(db, request.id);
    return leak && leak->unable_to_leave == "yes";
}

inline RequestRow row_of(const shared::Source& source, service_requests::ServiceRequest&& request)
{
    const i18n::Dates& dates = source.dates;
    RequestRow row{.id = request.id,
        .title = shared::shown_title(dates.language(), request),
        .type_name = shared::shown_type(dates.language(), request.type_name),
        .type_icon = std::move(request.type_icon),
        .reference = base::reference(request.id),
        .is_emergency = request.is_emergency,
        .status = request.status,
        .submitted = shared::friendly_moment(dates, request.submitted_at),
        .resolved = {},
        .is_taken = request.taken_at.has_value(),
        .is_by_phone = shared::is_fresh_call(request),
        .must_call_911 = is_somebody_trapped(source.db, request),
        .comments = request.public_comments,
        .unread_answer_by = std::move(request.unread_answer_by),
        .sender = std::move(request.customer_name),
        .account_address = std::move(request.account_address)};
    row.has_own_title = row.title != row.type_name;
    if (request.resolved_at)
        row.resolved = shared::friendly_moment(dates, *request.resolved_at);
    return row;
}

/// What the visitor's list says of each: of which type, whose answer waits, and of which account where there are
/// several.
inline std::vector<RequestRow> rows_of(web::Context& ctx, const web::Page& page, const service_requests::Reach& reach,
    std::vector<service_requests::ServiceRequest>&& requests)
{
    if (page.unread > 0)
        service_requests::add_unread_answers(ctx.db(), ctx.visitor().user_id, requests);
    const auto types = ctx.recent(request_types::list_request_types);
    std::vector<RequestRow> rows;
    rows.reserve(requests.size());
    for (service_requests::ServiceRequest& request : requests) {
        const auto type = std::ranges::find(*types, request.type_id, &request_types::RequestType::id);
        if (type != types->end()) {
            request.type_name = type->name;
            request.type_icon = type->icon;
        }
        if (!reach.has_accounts)
            request.account_address.clear();
        rows.push_back(row_of({ctx.db(), ctx.dates()}, std::move(request)));
    }
    return rows;
}

} // namespace pages::customer
