#include "admin/request_view.hpp"

#include "accounts/account.hpp"
#include "base/reference.hpp"
#include "base/text.hpp"
#include "service_requests/leak_report.hpp"
#include "web/submission.hpp"

#include <fmt/format.h>

namespace admin {

namespace {

using service_requests::ServiceRequest;
using service_requests::Status;

constexpr std::size_t most_related = 5;

std::string what_happened(const events::Event& event)
{
    if (event.kind == events::Kind::Submitted)
        return "submitted the request";
    if (event.kind == events::Kind::Resolved)
        return "set it to Resolved";
    if (event.kind == events::Kind::Reopened)
        return "set it to Pending again";
    if (event.kind == events::Kind::Commented)
        return event.visibility == base::Visibility::Internal ? "wrote an internal note" : "wrote a comment";
    if (event.kind == events::Kind::Attached)
        return "attached " + event.after_value;
    return "changed something";
}

std::vector<RelatedRow> related_rows(web::Context& ctx, const ServiceRequest& request)
{
    std::vector<RelatedRow> rows;
    for (const ServiceRequest& other : service_requests::list_at_same_address(ctx.db(), request, most_related))
        rows.push_back({.id = other.id,
            .title = other.title(),
            .reference = base::reference(other.id),
            .when = ctx.site().zone.date(other.submitted_at),
            .status = other.status});
    return rows;
}

std::vector<std::pair<std::string, std::string>> leak_answers(web::Context& ctx, ServiceRequestId id)
{
    const auto report = service_requests::find_leak_report(ctx.db(), id);
    if (!report)
        return {};
    return {{"Where", report->place}, {"How strong", report->strength},
        {"Anyone unable to leave", report->unable_to_leave}};
}

std::vector<HistoryLine> history(web::Context& ctx, ServiceRequestId id)
{
    std::vector<HistoryLine> lines;
    for (const events::Event& event :
        events::list_events(ctx.db(), events::Subject::ServiceRequest, id.value, base::Visibility::Internal))
        lines.push_back(history_line(ctx.site().zone, event, ctx.now()));
    return lines;
}

/// Guests write and reopen, but nobody resolves as one: an imported history does not know who did.
std::string who(const events::Event& event)
{
    if (!event.actor_name.empty())
        return event.actor_name;
    return event.kind == events::Kind::Resolved ? "The system" : "Guest";
}

} // namespace

RequestState request_state(const base::Zone& zone, const ServiceRequest& request, base::Time now)
{
    RequestState state;
    state.status = request.status;
    state.submitted = zone.date_time(request.submitted_at);
    state.submitted_iso = base::iso_utc(request.submitted_at);
    if (request.resolved_at) {
        state.resolved = zone.date_time(*request.resolved_at);
        state.resolved_iso = base::iso_utc(*request.resolved_at);
    } else {
        state.age = base::short_duration(now - request.submitted_at);
    }
    state.is_pinned = request.is_emergency && request.status == Status::Pending;
    return state;
}

HistoryLine history_line(const base::Zone& zone, const events::Event& event, base::Time now)
{
    return {.element_id = fmt::format("h{}", event.id.value),
        .when = zone.friendly(event.created_at, now),
        .when_iso = base::iso_utc(event.created_at),
        .who = who(event),
        .what = what_happened(event)};
}

RequestView request_view(web::Context& ctx, const ServiceRequest& request)
{
    RequestView view;
    view.id = request.id;
    view.reference = base::reference(request.id);
    view.title = request.title();
    view.type_name = request.type_name;
    view.type_icon = request.type_icon;
    view.is_emergency = request.is_emergency;
    view.state = request_state(ctx.site().zone, request, ctx.now());
    view.back_address = "/admin/requests/?status=Pending";
    view.customer = request.customer_name.empty() ? request.contact_name : request.customer_name;
    view.customer_initials = base::initials(view.customer);
    view.username = request.username;
    view.user_id = request.user_id;
    view.email = request.customer_email;
    view.address = request.address;
    view.phone = request.contact_phone;
    if (request.account_id) {
        const accounts::Account account = accounts::get_account(ctx.db(), request.account_id);
        view.account_id = account.id;
        view.account_number = account.number;
        if (view.phone.empty())
            view.phone = account.phone;
    }
    view.timeline = service_requests::timeline(ctx.db(), ctx.site().zone, ctx.now(), request, ctx.visitor());
    view.related = related_rows(ctx, request);
    view.history = history(ctx, request.id);
    if (request.is_emergency)
        view.leak_answers = leak_answers(ctx, request.id);
    view.status_form = {.version = request.version, .current = request.status, .text = {}, .errors = {}};
    view.comment_form.id = request.id;
    view.comment_form.submission = web::new_submission_key();
    return view;
}

} // namespace admin
