#include "base/reference.hpp"
#include "events/position.hpp"
#include "pages/customer/page_views.hpp"
#include "pages/shared/presentation.hpp"
#include "pages/shared/urls.hpp"
#include "web/forms/submission.hpp"
#include "web/forms/upload.hpp"

#include <fmt/format.h>

namespace pages::customer {

using namespace service_requests;

shared::CommentForm comment_form_of(ServiceRequestId id)
{
    return {.service_request = id,
        .path = urls::customer_request(id),
        .missing = base::MessageId("Write your comment."),
        .beside = "why"};
}

ShowView request_view(web::Context& ctx, const ServiceRequest& request)
{
    ShowView view;
    view.page = ctx.page(base::Text::verbatim(std::string(request.title())), web::Place::Requests);
    // Both come from one snapshot: what happens after it arrives over the stream.
    view.page.live_topics = fmt::format("unread request:{}", request.id.value);
    view.page.live_after = events::position_now(ctx.db());
    view.id = request.id;
    view.title = request.title();
    view.reference = base::reference(request.id);
    view.type_name = request.type_name;
    view.type_icon = request.type_icon;
    view.address = request.address;
    view.contact_phone = request.contact_phone;
    view.items = timeline::list_items(ctx.db(), request, {ctx.dates(), ctx.visitor()});
    view.state = shared::state_of(ctx.dates(), request, view.items);
    view.actions = {.id = request.id,
        .is_resolved = request.status == Status::Resolved,
        .has_form = true,
        .version = request.version,
        .text = {},
        .errors = {}};
    view.comment = {.id = request.id,
        .csrf = view.page.csrf,
        .submission = web::new_submission_key(),
        .text = {},
        .errors = {},
        .files_are_lost = false,
        .why = {}};
    return view;
}

ShowView refused_view(web::Context& ctx, const ServiceRequest& request, const shared::StatusInput& input)
{
    ShowView view = request_view(ctx, request);
    view.page.title = web::title_of_refused(std::move(view.page.title));
    view.actions.text = input.reason;
    view.actions.errors = input.errors;
    view.comment.submission = ctx.request().form_value("submission").value_or("");
    if (input.comment)
        view.comment.text = input.comment->text;
    view.comment.asks = input.comment.has_value();
    if (input.comment && !input.leaves_comment())
        view.comment.errors = input.comment->errors;
    view.comment.files_are_lost = web::has_files(ctx);
    return view;
}

} // namespace pages::customer
