#include "pages/shared/comment_form.hpp"

#include "actions/write_comment.hpp"
#include "attachments/kept_files.hpp"
#include "base/error.hpp"
#include "comments/comment.hpp"
#include "events/event.hpp"
#include "pages/shared/files/form_files.hpp"
#include "partials/error_summary.html.hpp"
#include "partials/not_saved.html.hpp"
#include "service_requests/service_request.hpp"
#include "shared/timeline_item.html.hpp"
#include "timeline/timeline.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/submission.hpp"
#include "web/forms/unsent.hpp"

#include <fmt/format.h>

namespace pages::shared {

namespace {

CommentId save(web::Context& ctx, storage::Store& store, const CommentForm& form, const CommentInput& input)
{
    ctx.release();
    attachments::KeptFiles kept(store);
    kept.keep(ctx.files(), input.files.files);
    const auto work = [&](db::Transaction& tx) {
        web::remove_drafts_of(tx, ctx, form.path);
        return actions::write_comment(tx, ctx.act(),
            {.service_request = form.service_request,
                .text = input.text,
                .visibility = input.visibility,
                .files = kept.files(),
                .if_resolved = form.if_resolved});
    };
    return kept.settle_with([&] { return web::submit_once(ctx, work); });
}

/// After a note the page is ready for the next note.
std::string url_after(const CommentForm& form, base::Visibility visibility, CommentId id)
{
    std::string query = form.query;
    if (visibility == base::Visibility::Internal)
        query += query.empty() ? "?visibility=internal" : "&visibility=internal";
    return fmt::format("{}{}#c{}", form.path, query, id.value);
}

std::string_view flash_after(const CommentForm& form, base::Visibility visibility)
{
    if (visibility == base::Visibility::Internal)
        return "noted";
    if (form.reopens())
        return "commented-reopened";
    return form.has_visibility ? "replied" : "commented";
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

http::Response refuse_with(web::Context& ctx, storage::Store& store, CommentInput& input, const RefuseComment& refuse)
{
    const http::Status status = input.files.refusal;
    if (!ctx.wants_fragment()) {
        input.held = hold_files(ctx, store, input.files);
        return refuse(input, status);
    }
    return ctx.render_fragment([&](web::Html& out) { views::partials::error_summary(out, input.errors); }, status);
}

} // namespace

CommentInput read_comment(web::Context& ctx, const storage::Store& store, const CommentForm& form)
{
    CommentInput input;
    input.files = read_files(ctx, store, {.id = form.has_visibility ? "write" : "comment"}, input.errors);
    web::FormReader reader(ctx.request(), input.errors);
    // A photo says enough, and while we ask about one that cannot go, nothing is missing yet.
    const std::size_t least = web::has_files(ctx) || !input.errors.empty() ? 0 : 1;
    input.text = reader.text("text", {.least = least, .most = comments::longest_text, .missing = form.missing});
    if (form.has_visibility) {
        const auto visibility = base::parse_visibility(reader.raw("visibility"));
        if (!visibility)
            throw base::BadRequest(base::Text("A comment must be public or internal."));
        input.visibility = *visibility;
    }
    input.errors.order({"text", "attachments"});
    return input;
}

http::Response write_comment(
    web::Context& ctx, storage::Store& store, const CommentForm& form, const RefuseComment& refuse)
{
    CommentInput input = read_comment(ctx, store, form);
    if (!input.errors.empty())
        return refuse_with(ctx, store, input, refuse);
    try {
        const CommentId id = save(ctx, store, form, input);
        if (ctx.wants_fragment() && !form.reopens())
            return new_entry(ctx, form.service_request, id, input.visibility);
        ctx.flash(flash_after(form, input.visibility));
        return http::redirect(url_after(form, input.visibility, id));
    } catch (const base::Unavailable& error) {
        web::log_unsaved("comment", error);
        if (ctx.wants_fragment())
            return ctx.render_fragment(
                [](web::Html& out) { views::partials::not_saved(out); }, http::Status::ServiceUnavailable);
        input.files.refusal = http::Status::ServiceUnavailable;
        return refuse_with(ctx, store, input, refuse);
    }
}

} // namespace pages::shared
