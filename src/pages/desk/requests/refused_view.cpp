#include "pages/desk/requests/refused_view.hpp"

#include "base/text.hpp"
#include "events/event.hpp"
#include "pages/desk/requests/request_view.hpp"
#include "web/forms/upload.hpp"

#include <algorithm>

namespace pages::desk {

namespace {

/// "Sofia Marchetti set it to Resolved, today, 4:31 PM."
base::Text last_change(web::Context& ctx, ServiceRequestId id)
{
    const auto history =
        events::list_events(ctx.db(), events::Subject::ServiceRequest, id.value, base::Visibility::Public);
    const auto last = std::find_if(history.rbegin(), history.rend(), [](const events::Event& event) {
        return event.kind == events::Kind::Resolved || event.kind == events::Kind::Reopened;
    });
    if (last == history.rend())
        return base::Text("The status was changed.");
    const shared::HistoryLine line = shared::history_line(ctx.dates(), *last);
    return base::Text("{who} {what}, {when}.", {{"who", line.who}, {"what", line.what}, {"when", line.when}});
}

/// Both boxes as they were sent, and the key, so that sending them again after a lost answer is the same submission.
void show_typed(web::Context& ctx, RequestView& view)
{
    const http::Request& request = ctx.request();
    view.comment_form.submission = request.form_value("submission").value_or("");
    view.comment_form.text = base::clean_text(request.form_value("text").value_or(""));
    view.comment_form.is_internal =
        base::parse_visibility(request.form_value("visibility").value_or("")) == base::Visibility::Internal;
    view.status_form.text = base::clean_text(request.form_value("status_text").value_or(""));
}

/// The page as it was sent, before what was wrong with it.
RequestView sent_view(web::Context& ctx, ServiceRequestId id, http::Status status)
{
    RequestView view = request_view(ctx, service_requests::get_service_request(ctx.db(), ctx.visitor(), id));
    show_typed(ctx, view);
    view.is_unavailable = status == http::Status::ServiceUnavailable;
    view.page.title = web::title_of_refused(std::move(view.page.title));
    return view;
}

} // namespace

RequestView refused_status_view(
    web::Context& ctx, ServiceRequestId id, const shared::StatusInput& input, http::Status status)
{
    RequestView view = sent_view(ctx, id, status);
    view.status_form.errors = input.errors;
    view.comment_form.files_are_lost = input.comment && web::has_files(ctx);
    if (status == http::Status::Conflict) {
        view.clash_theirs = last_change(ctx, id);
        view.clash_yours = base::Text("You wanted to set it to {status}.", {{"status", to_text(input.status)}});
    } else if (input.comment && !view.is_unavailable) {
        if (!input.leaves_comment())
            view.comment_form.errors = input.comment->errors;
        view.comment_form.asks_before = input.status;
    }
    return view;
}

RequestView refused_comment_view(
    web::Context& ctx, ServiceRequestId id, const shared::CommentInput& input, http::Status status)
{
    RequestView view = sent_view(ctx, id, status);
    view.comment_form.errors = input.errors;
    view.comment_form.files_are_lost = web::has_files(ctx);
    return view;
}

} // namespace pages::desk
