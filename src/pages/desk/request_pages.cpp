#include "pages/desk/request_pages.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "desk/request.html.hpp"
#include "pages/desk/request_view.hpp"
#include "pages/shared/status_form.hpp"
#include "web/forms/draft.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace pages::desk {

namespace {

using service_requests::ServiceRequest;
using service_requests::Status;
using service_requests::StatusChange;

ServiceRequest requested(web::Context& ctx)
{
    return service_requests::get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id"));
}

std::string path_of(ServiceRequestId id)
{
    return fmt::format("/admin/requests/{}/", id.value);
}

http::Response draw(web::Context& ctx, RequestView view, http::Status status = http::Status::Ok)
{
    const bool is_refused = status != http::Status::Ok;
    const auto title = base::Text::verbatim(view.reference + " " + view.title);
    view.page = ctx.page(is_refused ? web::title_of_refused(title) : title, web::Place::None);
    view.page.live_topics += fmt::format(" request:{}", view.id.value);
    return ctx.render([&](web::Html& out) { views::desk::request(out, view); }, status);
}

shared::CommentForm comment_form_of(ServiceRequestId id)
{
    return {.service_request = id,
        .path = path_of(id),
        .missing = base::MessageId("Write your reply or note."),
        .has_visibility = true,
        .beside = "status_text"};
}

shared::StatusInput read_status_form(web::Context& ctx, const storage::Store& store, ServiceRequestId id)
{
    shared::StatusInput wanted = shared::read_status_form(ctx, store, comment_form_of(id));
    const auto status = service_requests::parse_status(ctx.request().form_value("status").value_or(""));
    if (!status)
        throw base::BadRequest(base::Text("The status must be Pending or Resolved."));
    wanted.status = *status;
    return wanted;
}

/// Why the form comes back before anything is tried; nothing when it may go ahead.
std::optional<http::Status> reason_to_refuse(const shared::StatusInput& wanted, Status current)
{
    if (wanted.comment && wanted.unsent == web::Unsent::Ask)
        return wanted.status == current ? http::Status::Conflict : http::Status::UnprocessableContent;
    if (wanted.sends_comment() && !wanted.comment->errors.empty())
        return wanted.comment->files.refusal;
    if (!wanted.errors.empty())
        return http::Status::UnprocessableContent;
    return std::nullopt;
}

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

bool has_files(web::Context& ctx)
{
    return !ctx.files().empty() || ctx.request().fault != http::BodyFault::None;
}

http::Response refuse_status(web::Context& ctx, const shared::StatusInput& wanted, http::Status status)
{
    const bool files_are_lost = wanted.comment && has_files(ctx);
    RequestView view = request_view(ctx, requested(ctx));
    show_typed(ctx, view);
    view.status_form.errors = wanted.errors;
    view.comment_form.files_are_lost = files_are_lost;
    view.is_unavailable = status == http::Status::ServiceUnavailable;
    if (status == http::Status::Conflict) {
        view.clash_theirs = last_change(ctx, view.id);
        view.clash_yours = base::Text("You wanted to set it to {status}.", {{"status", to_text(wanted.status)}});
    } else if (wanted.comment && !view.is_unavailable) {
        if (!wanted.leaves_comment())
            view.comment_form.errors = wanted.comment->errors;
        view.comment_form.asks_before = wanted.status;
    }
    return draw(ctx, std::move(view), status);
}

http::Response refuse_comment(web::Context& ctx, const shared::CommentInput& wanted, http::Status status)
{
    const bool files_are_lost = has_files(ctx);
    RequestView view = request_view(ctx, requested(ctx));
    show_typed(ctx, view);
    view.comment_form.errors = wanted.errors;
    view.comment_form.files_are_lost = files_are_lost;
    view.is_unavailable = status == http::Status::ServiceUnavailable;
    return draw(ctx, std::move(view), status);
}

} // namespace

http::Response show_request(web::Context& ctx)
{
    const web::Drafts drafts = web::find_drafts(ctx);
    RequestView view = request_view(ctx, requested(ctx));
    // The text that waited for a sign-in, whichever button had sent it.
    const web::Fields& draft = web::newest_for(drafts, {"comments/", "status/"});
    view.status_form.text = web::field_of(draft, "status_text");
    view.comment_form.text = web::field_of(draft, "text");
    view.comment_form.is_internal =
        base::parse_visibility(web::field_of(draft, "visibility")) == base::Visibility::Internal;
    view.comment_form.is_left_out = web::was_left_out(draft);
    return draw(ctx, std::move(view));
}

http::Response change_status(web::Context& ctx, storage::Store& store)
{
    const ServiceRequest request = requested(ctx);
    shared::StatusInput wanted = read_status_form(ctx, store, request.id);
    if (const auto reason = reason_to_refuse(wanted, request.status))
        return refuse_status(ctx, wanted, *reason);
    try {
        switch (shared::save_status(ctx, store, comment_form_of(request.id), wanted)) {
        case StatusChange::Stale:
            return refuse_status(ctx, wanted, http::Status::Conflict);
        case StatusChange::AlreadySo:
            if (!wanted.reason.empty() || wanted.comment)
                return refuse_status(ctx, wanted, http::Status::Conflict);
            ctx.flash("unchanged");
            break;
        case StatusChange::Done:
            ctx.flash(wanted.status == Status::Resolved ? "resolved" : "reopened");
            break;
        }
    } catch (const base::Unavailable& error) {
        base::log::warning(fmt::format("request {} status: {}", ctx.request_id(), error.what()));
        wanted.errors.add("status_text", base::Text(web::try_again));
        return refuse_status(ctx, wanted, http::Status::ServiceUnavailable);
    }
    return http::redirect(path_of(request.id));
}

http::Response comment(web::Context& ctx, storage::Store& store)
{
    const ServiceRequest request = requested(ctx);
    return shared::write_comment(ctx, store, comment_form_of(request.id),
        [&](const shared::CommentInput& input, http::Status status) { return refuse_comment(ctx, input, status); });
}

} // namespace pages::desk
