#include "pages/shared/comment_form.hpp"

#include "actions/change_status.hpp"
#include "actions/write_comment.hpp"
#include "attachments/kept_files.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "comments/comment.hpp"
#include "events/event.hpp"
#include "pages/shared/file_rules.hpp"
#include "partials/error_summary.html.hpp"
#include "shared/timeline_item.html.hpp"
#include "timeline/timeline.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/submission.hpp"

#include <fmt/format.h>

#include <utility>

namespace pages::shared {

namespace {

using service_requests::StatusChange;

CommentId save(web::Context& ctx, storage::Store& store, const CommentForm& form, const CommentInput& input)
{
    ctx.release();
    attachments::KeptFiles kept(store);
    kept.keep(ctx.files(), input.files.types);
    const auto work = [&](db::Transaction& tx) {
        web::remove_drafts_of(tx, ctx, form.path);
        web::keep_beside(tx, ctx, form.beside);
        return actions::write_comment(tx, ctx.act(),
            {.service_request = form.service_request,
                .text = input.text,
                .visibility = input.visibility,
                .files = kept.files()});
    };
    return kept.settle_with([&] { return web::submit_once(ctx, work); });
}

/// The comment as an entry of the timeline.
http::Response new_entry(web::Context& ctx, ServiceRequestId service_request, CommentId id, base::Visibility visibility)
{
    const auto request = service_requests::get_service_request(ctx.db(), ctx.visitor(), service_request);
    const events::Event event{.subject_id = service_request.value,
        .actor_id = ctx.visitor().user_id,
        .kind = events::Kind::Commented,
        .visibility = visibility,
        .comment_id = id};
    const auto item = timeline::find_item(ctx.db(), request, event, {ctx.dates(), ctx.visitor()});
    auto response = ctx.render_fragment([&](web::Html& out) { views::shared::timeline_item(out, item.value()); });
    response.header("X-Next-Submission", web::new_submission_key());
    return response;
}

http::Response refuse_with(
    web::Context& ctx, const CommentInput& input, http::Status status, const RefuseComment& refuse)
{
    if (!ctx.wants_fragment())
        return refuse(input, status);
    return ctx.render_fragment([&](web::Html& out) { views::partials::error_summary(out, input.errors); }, status);
}

actions::ChangeStatus verb_of(ServiceRequestId id, const StatusInput& input, const attachments::KeptFiles& kept)
{
    actions::ChangeStatus change{.service_request = id, .status = input.status, .version = input.version};
    if (!input.reason.empty())
        change.comments.push_back({.service_request = id, .text = input.reason});
    if (input.sends_comment())
        change.comments.push_back({.service_request = id,
            .text = input.comment->text,
            .visibility = input.comment->visibility,
            .files = kept.files()});
    return change;
}

StatusChange change_with_comments(
    db::Transaction& tx, const base::Act& act, const actions::ChangeStatus& wanted, IfAlreadySo then)
{
    const StatusChange change = actions::change_status(tx, act, wanted);
    if (change == StatusChange::AlreadySo && then == IfAlreadySo::WriteComments)
        for (const actions::WriteComment& comment : wanted.comments)
            actions::write_comment(tx, act, comment);
    return change;
}

} // namespace

CommentInput read_comment(web::Context& ctx, const storage::Store& store, const CommentForm& form)
{
    CommentInput input;
    web::FormReader reader(ctx.request(), input.errors);
    input.text = reader.text("text", {.least = 1, .most = comments::longest_text, .missing = form.missing});
    if (form.has_visibility) {
        const auto visibility = base::parse_visibility(reader.raw("visibility"));
        if (!visibility)
            throw base::BadRequest(base::Text("A comment must be public or internal."));
        input.visibility = *visibility;
    }
    input.files = web::check_files(ctx, file_rules(store), input.errors);
    return input;
}

http::Response write_comment(
    web::Context& ctx, storage::Store& store, const CommentForm& form, const RefuseComment& refuse)
{
    CommentInput input = read_comment(ctx, store, form);
    if (!input.errors.empty())
        return refuse_with(ctx, input, input.files.refusal, refuse);
    try {
        const CommentId id = save(ctx, store, form, input);
        if (ctx.wants_fragment())
            return new_entry(ctx, form.service_request, id, input.visibility);
        ctx.flash(input.visibility == base::Visibility::Internal ? "noted" : "commented");
        return http::redirect(fmt::format("{}#c{}", form.path, id.value));
    } catch (const base::Unavailable& error) {
        base::log::warning(fmt::format("request {} comment: {}", ctx.request_id(), error.what()));
        input.errors.add("text", base::Text(web::try_again));
        return refuse_with(ctx, input, http::Status::ServiceUnavailable, refuse);
    }
}

StatusChange save_status(web::Context& ctx, storage::Store& store, const CommentForm& form, const StatusInput& input)
{
    using Outcome = std::pair<StatusChange, bool>;
    const ServiceRequestId id = form.service_request;
    const std::string fingerprint = web::submission_fingerprint(ctx);
    ctx.release();
    attachments::KeptFiles kept(store);
    if (input.sends_comment())
        kept.keep(ctx.files(), input.comment->files.types);
    const auto work = [&](db::Transaction& tx) {
        const bool is_repeated = web::find_submission(tx, fingerprint).has_value();
        const auto change = is_repeated
                                ? StatusChange::Done
                                : change_with_comments(tx, ctx.act(), verb_of(id, input, kept), input.if_already_so);
        if (change == StatusChange::Stale ||
            (change == StatusChange::AlreadySo && input.if_already_so == IfAlreadySo::Refuse))
            return Outcome(change, false);
        // Again for a form sent twice: the page that follows the first one may never have been shown.
        web::remove_drafts_of(tx, ctx, form.path);
        if (input.leaves_comment())
            web::keep_left_out(tx, ctx, form.path + "comments/");
        if (!is_repeated)
            web::add_submission(tx, fingerprint, id.value, ctx.now());
        return Outcome(change, !is_repeated);
    };
    return kept.settle_with([&] {
        return web::settle_write(
            ctx, fingerprint, [&] { return ctx.write(work); },
            [](std::int64_t, web::Carried carried) {
                return Outcome(StatusChange::Done, carried == web::Carried::Now);
            });
    });
}

} // namespace pages::shared
