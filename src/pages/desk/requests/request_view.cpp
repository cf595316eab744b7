#include "pages/desk/requests/request_view.hpp"

#include "accounts/account.hpp"
#include "base/reference.hpp"
#include "base/text.hpp"
#include "events/event.hpp"
#include "leaks/leak_report.hpp"
#include "pages/shared/urls.hpp"
#include "web/forms/submission.hpp"

#include <fmt/format.h>

namespace pages::desk {

namespace {

using service_requests::ServiceRequest;
using service_requests::Status;

constexpr std::size_t most_related = 5;

std::vector<RelatedRow> related_rows(web::Context& ctx, const ServiceRequest& request)
{
    std::vector<RelatedRow> rows;
    for (const ServiceRequest& other : service_requests::list_at_same_address(ctx.db(), request, most_related))
        rows.push_back({.id = other.id,
            .title = other.title(),
            .reference = base::reference(other.id),
            .when = ctx.dates().day(other.submitted_at),
            .status = other.status});
    return rows;
}

std::vector<std::pair<base::Text, base::Text>> leak_answers(web::Context& ctx, ServiceRequestId id)
{
    const auto report = leaks::find_leak_report(ctx.db(), id);
    if (!report)
        return {};
    return {{base::Text("Where"), leaks::answer_in_words(report->place)},
        {base::Text("How strong"), leaks::answer_in_words(report->strength)},
        {base::Text("Anyone unable to leave"), leaks::answer_in_words(report->unable_to_leave)}};
}

std::vector<shared::HistoryLine> history(web::Context& ctx, ServiceRequestId id)
{
    std::vector<shared::HistoryLine> lines;
    for (const events::Event& event :
        events::list_events(ctx.db(), events::Subject::ServiceRequest, id.value, base::Visibility::Internal))
        lines.push_back(shared::history_line(ctx.dates(), event));
    return lines;
}

} // namespace

RequestView request_view(web::Context& ctx, const ServiceRequest& request)
{
    RequestView view;
    view.id = request.id;
    view.reference = base::reference(request.id);
    view.title = request.title();
    view.type_name = request.type_name;
    view.type_icon = request.type_icon;
    view.is_emergency = request.is_emergency;
    view.state = shared::request_state(ctx.dates(), request);
    view.back_url = urls::desk_queue("?status=Pending");
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
    view.timeline = timeline::list_items(ctx.db(), request, {ctx.dates(), ctx.visitor()});
    view.related = related_rows(ctx, request);
    view.history = history(ctx, request.id);
    if (request.is_emergency)
        view.leak_answers = leak_answers(ctx, request.id);
    view.status_form = {.version = request.version, .current = request.status, .text = {}, .errors = {}};
    view.comment_form.id = request.id;
    view.comment_form.submission = web::new_submission_key();
    view.page = ctx.page(base::Text::verbatim(view.reference + " " + view.title), web::Place::None);
    view.page.live_topics += fmt::format(" request:{}", view.id.value);
    return view;
}

} // namespace pages::desk
