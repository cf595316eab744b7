#include "pages/desk/request_pages.hpp"

#include "actions/change_status.hpp"
#include "attachments/kept_files.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "comments/comment.hpp"
#include "desk/request.html.hpp"
#include "pages/desk/request_view.hpp"
#include "pages/shared/file_rules.hpp"
#include "partials/error_summary.html.hpp"
#include "shared/timeline_item.html.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/submission.hpp"
#include "web/forms/unsent.hpp"
#include "web/forms/upload.hpp"

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

std::string address_of(ServiceRequestId id)
{
    return fmt::format("/admin/requests/{}/", id.value);
}

http::Response draw(web::Context& ctx, RequestView view, http::Status status = http::Status::Ok)
{
    const bool is_refused = status != http::Status::Ok;
    view.page = ctx.page((is_refused ? "Problem: " : "") + view.reference + " " + view.title, web::Place::None);
    view.page.live_topics += fmt::format(" request:{}", view.id.value);
    return ctx.render([&](web::Html& out) { views::desk::request(out, view); }, status);
}

struct WantedComment
{
    std::string text;
    base::Visibility visibility = base::Visibility::Public;
    web::FormErrors errors;
    web::FileCheck files;
};

WantedComment read_comment_form(web::Context& ctx, const storage::Store& store)
{
    WantedComment wanted;
    web::FormReader reader(ctx.request(), wanted.errors);
    wanted.text =
        reader.text("text", {.least = 1, .most = comments::longest_text, .missing = "Write your reply or note."});
    const auto visibility = base::parse_visibility(reader.raw("visibility"));
    if (!visibility)
        throw base::BadRequest("A comment is public or internal.");
    wanted.visibility = *visibility;
    wanted.files = web::check_files(ctx, pages::shared::file_rules(store), wanted.errors);
    return wanted;
}

actions::WriteComment verb_of(ServiceRequestId id, const WantedComment& wanted, const attachments::KeptFiles& kept)
{
    return {.service_request = id, .text = wanted.text, .visibility = wanted.visibility, .files = kept.files()};
}

struct WantedStatus
{
    Status status = Status::Pending;
    std::int64_t version = 0;
    std::string text;
    web::FormErrors errors;
    /// What stands in the composer, and what becomes of it.
    std::optional<WantedComment> comment;
    web::Unsent unsent = web::Unsent::Ask;

    bool sends_comment() const { return comment && unsent == web::Unsent::Send; }
    bool leaves_comment() const { return comment && unsent == web::Unsent::Leave; }
};

WantedStatus read_status_form(web::Context& ctx, const storage::Store& store)
{
    WantedStatus wanted;
    web::FormReader reader(ctx.request(), wanted.errors);
    const auto status = service_requests::parse_status(reader.raw("status"));
    if (!status)
        throw base::BadRequest("The status is Pending or Resolved.");
    wanted.status = *status;
    wanted.version = reader.number("version").value_or(0);
    wanted.text = reader.text("status_text", {.least = 0, .most = comments::longest_text, .missing = {}});
    wanted.unsent = web::read_unsent(ctx.request());
    if (web::has_unsent_comment(ctx))
        wanted.comment = read_comment_form(ctx, store);
    return wanted;
}

/// Why the form comes back before anything is tried; nothing when it may go ahead.
std::optional<http::Status> reason_to_refuse(const WantedStatus& wanted, Status current)
{
    if (wanted.comment && wanted.unsent == web::Unsent::Ask)
        return wanted.status == current ? http::Status::Conflict : http::Status::UnprocessableContent;
    if (wanted.sends_comment() && !wanted.comment->errors.empty())
        return wanted.comment->files.refusal;
    if (!wanted.errors.empty())
        return http::Status::UnprocessableContent;
    return std::nullopt;
}

actions::ChangeStatus verb_of(ServiceRequestId id, const WantedStatus& wanted, const attachments::KeptFiles& kept)
{
    actions::ChangeStatus change{.service_request = id, .status = wanted.status, .version = wanted.version};
    if (!wanted.text.empty())
        change.comments.push_back({.service_request = id, .text = wanted.text});
    if (wanted.sends_comment())
        change.comments.push_back(verb_of(id, *wanted.comment, kept));
    return change;
}

/// All or nothing, and once for a form sent twice.
StatusChange save_status(web::Context& ctx, storage::Store& store, ServiceRequestId id, const WantedStatus& wanted)
{
    using Outcome = std::pair<StatusChange, bool>;
    const std::string fingerprint = web::submission_fingerprint(ctx);
    ctx.release();
    attachments::KeptFiles kept(store);
    if (wanted.sends_comment())
        kept.keep(ctx.files(), wanted.comment->files.types);
    const auto work = [&](db::Transaction& tx) {
        const bool is_repeated = web::find_submission(tx, fingerprint).has_value();
        const auto change =
            is_repeated ? StatusChange::Done : actions::change_status(tx, ctx.act(), verb_of(id, wanted, kept));
        // Again for a form sent twice: the page that follows the first one may never have been shown.
        if (change == StatusChange::Done)
            web::remove_drafts_of(tx, ctx, address_of(id));
        if (change == StatusChange::Done && wanted.leaves_comment())
            web::keep_left_out(tx, ctx, address_of(id) + "comments/");
        if (change != StatusChange::Done || is_repeated)
            return Outcome(change, false);
        web::add_submission(tx, fingerprint, id.value, ctx.now());
        return Outcome(change, true);
    };
    return kept.settle_with([&] {
        return web::settle_write(
            ctx, fingerprint, [&] { return ctx.write(work); },
            [](std::int64_t, web::Carried carried) {
                return Outcome(StatusChange::Done, carried == web::Carried::Now);
            });
    });
}

/// "Sofia Marchetti set it to Resolved, today, 4:31 PM."
std::string last_change(web::Context& ctx, ServiceRequestId id)
{
    const auto history =
        events::list_events(ctx.db(), events::Subject::ServiceRequest, id.value, base::Visibility::Public);
    const auto last = std::find_if(history.rbegin(), history.rend(), [](const events::Event& event) {
        return event.kind == events::Kind::Resolved || event.kind == events::Kind::Reopened;
    });
    if (last == history.rend())
        return "The status was changed.";
    const shared::HistoryLine line = shared::history_line(ctx.site().zone, *last, ctx.now());
    return fmt::format("{} {}, {}.", line.who, line.what, line.when);
}

/// Both boxes as they were sent, and the key, so that sending them again after a lost answer is the same submission.
void show_typed(web::Context& ctx, RequestView& view)
{
    const http::Request& request = ctx.request();
    view.comment_form.submission = request.form_value("submission").value_or("");
    view.comment_form.text = base::normalize_newlines(request.form_value("text").value_or(""));
    view.comment_form.is_internal = request.form_value("visibility") == "internal";
    view.status_form.text = base::normalize_newlines(request.form_value("status_text").value_or(""));
}

bool has_files(web::Context& ctx)
{
    return !ctx.files().empty() || ctx.request().fault != http::BodyFault::None;
}

http::Response refuse_status(web::Context& ctx, const WantedStatus& wanted, http::Status status)
{
    const bool files_are_lost = wanted.comment && has_files(ctx);
    RequestView view = request_view(ctx, requested(ctx));
    show_typed(ctx, view);
    view.status_form.errors = wanted.errors;
    view.comment_form.files_are_lost = files_are_lost;
    view.is_unavailable = status == http::Status::ServiceUnavailable;
    if (status == http::Status::Conflict) {
        view.clash_theirs = last_change(ctx, view.id);
        view.clash_yours = fmt::format("You wanted to set it to {}.", service_requests::status_name(wanted.status));
    } else if (wanted.comment && !view.is_unavailable) {
        if (!wanted.leaves_comment())
            view.comment_form.errors = wanted.comment->errors;
        view.comment_form.asks_before = wanted.status;
    }
    return draw(ctx, std::move(view), status);
}

CommentId save_comment(web::Context& ctx, storage::Store& store, ServiceRequestId id, const WantedComment& wanted)
{
    ctx.release();
    attachments::KeptFiles kept(store);
    kept.keep(ctx.files(), wanted.files.types);
    const auto work = [&](db::Transaction& tx) {
        web::remove_drafts_of(tx, ctx, address_of(id));
        web::keep_beside(tx, ctx, "status_text");
        return actions::write_comment(tx, ctx.act(), verb_of(id, wanted, kept));
    };
    return kept.settle_with([&] { return web::submit_once(ctx, work); });
}

http::Response refuse_comment(web::Context& ctx, const WantedComment& wanted, http::Status status)
{
    if (ctx.wants_fragment())
        return ctx.render_fragment([&](web::Html& out) { views::partials::error_summary(out, wanted.errors); }, status);
    const bool files_are_lost = has_files(ctx);
    RequestView view = request_view(ctx, requested(ctx));
    show_typed(ctx, view);
    view.comment_form.errors = wanted.errors;
    view.comment_form.files_are_lost = files_are_lost;
    view.is_unavailable = status == http::Status::ServiceUnavailable;
    return draw(ctx, std::move(view), status);
}

http::Response new_entry(web::Context& ctx, ServiceRequestId id, CommentId comment, base::Visibility visibility)
{
    const events::Event event{.subject_id = id.value,
        .actor_id = ctx.visitor().user_id,
        .kind = events::Kind::Commented,
        .visibility = visibility,
        .comment_id = comment};
    const auto item = timeline::find_item(ctx.db(), requested(ctx), event, {ctx.site().zone, ctx.now(), ctx.visitor()});
    auto response = ctx.render_fragment([&](web::Html& out) { views::shared::timeline_item(out, item.value()); });
    response.header("X-Next-Submission", web::new_submission_key());
    return response;
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
    view.comment_form.is_internal = web::field_of(draft, "visibility") == "internal";
    view.comment_form.is_left_out = web::was_left_out(draft);
    return draw(ctx, std::move(view));
}

http::Response change_status(web::Context& ctx, storage::Store& store)
{
    const ServiceRequest request = requested(ctx);
    WantedStatus wanted = read_status_form(ctx, store);
    if (const auto reason = reason_to_refuse(wanted, request.status))
        return refuse_status(ctx, wanted, *reason);
    try {
        switch (save_status(ctx, store, request.id, wanted)) {
        case StatusChange::Stale:
            return refuse_status(ctx, wanted, http::Status::Conflict);
        case StatusChange::AlreadySo:
            if (!wanted.text.empty() || wanted.comment)
                return refuse_status(ctx, wanted, http::Status::Conflict);
            ctx.flash("unchanged");
            break;
        case StatusChange::Done:
            ctx.flash(wanted.status == Status::Resolved ? "resolved" : "reopened");
            break;
        }
    } catch (const base::Unavailable& error) {
        base::log::warning(fmt::format("request {} status: {}", ctx.request_id(), error.what()));
        wanted.errors.add("status_text", std::string(web::try_again));
        return refuse_status(ctx, wanted, http::Status::ServiceUnavailable);
    }
    return http::redirect(address_of(request.id));
}

http::Response comment(web::Context& ctx, storage::Store& store)
{
    const ServiceRequest request = requested(ctx);
    WantedComment wanted = read_comment_form(ctx, store);
    if (!wanted.errors.empty())
        return refuse_comment(ctx, wanted, wanted.files.refusal);
    try {
        const CommentId id = save_comment(ctx, store, request.id, wanted);
        if (ctx.wants_fragment())
            return new_entry(ctx, request.id, id, wanted.visibility);
        ctx.flash(wanted.visibility == base::Visibility::Internal ? "noted" : "commented");
        return http::redirect(fmt::format("{}#c{}", address_of(request.id), id.value));
    } catch (const base::Unavailable& error) {
        base::log::warning(fmt::format("request {} comment: {}", ctx.request_id(), error.what()));
        wanted.errors.add("text", std::string(web::try_again));
        return refuse_comment(ctx, wanted, http::Status::ServiceUnavailable);
    }
}

} // namespace pages::desk
