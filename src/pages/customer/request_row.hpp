#pragma once

#include "accounts/household.hpp"
#include "base/reference.hpp"
#include "leaks/leak_report.hpp"
#include "pages/customer/views.hpp"
#include "pages/shared/presentation.hpp"
#include "pages/shared/source.hpp"
#include "web/context.hpp"

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

/// Whether the rows say of which account they are.
enum class Accounts : std::uint8_t
{
    One,
    Several
};

inline RequestRow row_of(const shared::Source& source, service_requests::ServiceRequest&& request, Accounts accounts)
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
        .account_address = accounts == Accounts::Several ? std::move(request.account_address) : std::string()};
    row.has_own_title = row.title != row.type_name;
    if (request.resolved_at)
        row.resolved = shared::friendly_moment(dates, *request.resolved_at);
    return row;
}

inline std::vector<RequestRow> rows_of(
    const shared::Source& source, std::vector<service_requests::ServiceRequest>&& requests, Accounts accounts)
{
    std::vector<RequestRow> rows;
    rows.reserve(requests.size());
    for (service_requests::ServiceRequest& request : requests)
        rows.push_back(row_of(source, std::move(request), accounts));
    return rows;
}

/// How many accounts the visitor has now.
inline Accounts accounts_of(web::Context& ctx)
{
    return accounts::count_accounts_of(ctx.db(), ctx.visitor().user_id) > 1 ? Accounts::Several : Accounts::One;
}

} // namespace pages::customer
