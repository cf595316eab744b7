#include "accounts/account.hpp"
#include "base/reference.hpp"
#include "customer/received.html.hpp"
#include "notifications/choice.hpp"
#include "outbox/outbox.hpp"
#include "pages/customer/create_pages.hpp"
#include "pages/customer/views.hpp"
#include "pages/shared/files/form_files.hpp"
#include "pages/shared/presentation.hpp"
#include "pages/shared/urls.hpp"
#include "request_types/request_type.hpp"
#include "users/user.hpp"

#include <algorithm>

namespace pages::customer {

using service_requests::ServiceRequest;

namespace {

base::Text title_of(const std::optional<shared::LeakReceived>& leak)
{
    if (!leak)
        return base::Text("We have your request");
    if (!leak->is_open)
        return base::Text("This report is closed");
    return leak->must_call_911() ? base::Text("Call 911 now. We have your report") : base::Text("We have your report");
}

/// Sends the same leak again, from the receipt of the first one.
std::optional<shared::LeakAgain> again(web::Context& ctx, const ReceivedView& view, const ServiceRequest& request)
{
    auto again = view.leak ? shared::leak_again(ctx, request, view.leak->answers) : std::nullopt;
    if (!again)
        return std::nullopt;
    const bool is_at_account =
        request.account_id && accounts::get_account(ctx.db(), request.account_id).address == request.address;
    again->action = urls::new_request();
    again->fields.insert(again->fields.end(),
        {{"csrf", view.page.csrf}, {"request_type", request.type_slug}, {"description", request.description},
            {"account", is_at_account ? std::to_string(request.account_id.value) : "other"}});
    return again;
}

/// When the visitor chose to have mail of an answer.
notifications::Pace pace_of_answers(web::Context& ctx)
{
    const auto choices = notifications::find_choices(ctx.db(), ctx.visitor().user_id, ctx.visitor().role);
    const auto replied =
        std::ranges::find(choices.occasions, notifications::Occasion::Replied, &notifications::Choice::occasion);
    const bool is_off = replied != choices.occasions.end() && !replied->mail.value_or(true);
    return is_off ? notifications::Pace::Never : choices.plan.pace;
}

} // namespace

http::Response show_received(web::Context& ctx)
{
    const auto request = service_requests::get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id"));
    // Its words are for whoever sent it.
    if (request.user_id != ctx.visitor().user_id)
        return http::redirect(urls::customer_request(request.id));
    const std::chrono::minutes answer_within = request.answer_within;
    std::optional<shared::LeakReceived> leak;
    if (request.is_emergency)
        leak = shared::leak_received({ctx.db(), ctx.dates()}, request);
    ReceivedView view{.page = ctx.page(title_of(leak), web::Place::Requests),
        .id = request.id,
        .reference = base::reference(request.id),
        .spoken_reference = base::spoken_reference(request.id),
        .leak = std::move(leak),
        .answer_minutes = answer_within.count(),
        .answer_by = shared::friendly_moment(ctx.dates(), request.submitted_at + answer_within),
        .is_promised =
            request.status == service_requests::Status::Pending && request.submitted_at + answer_within > ctx.now(),
        .is_urgent = request.type_slug == "no-gas-or-heat" || request.type_slug == "maintenance",
        .paragraphs = {}};
    if (outbox::is_on(ctx.db())) {
        view.email = users::get_user(ctx.db(), ctx.visitor().user_id).email;
        view.email_pace = pace_of_answers(ctx);
    }
    view.again = again(ctx, view, request);
    view.paragraphs = timeline::paragraphs_of(request.description);
    view.files = timeline::list_files(ctx.db(), request, ctx.visitor());
    view.left_out = shared::sentences_about(attachments::list_left_out(ctx.db(), request.id));
    return ctx.render([&](web::Html& out) { views::customer::received(out, view); });
}

} // namespace pages::customer
