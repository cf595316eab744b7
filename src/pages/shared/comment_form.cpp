#include "pages/shared/comment_form.hpp"

#include "actions/write_comment.hpp"
#include "attachments/kept_files.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "comments/comment.hpp"
#include "events/event.hpp"
#include "pages/shared/emergencies/leak_again.hpp"
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

#include <algorithm>
#include <exception>
#include <span>

namespace pages::shared {

namespace {

/// The same comment was the last word before, and was sent lately. Nothing is written.
struct SentBefore : std::exception
{
    explicit SentBefore(CommentId its_first) : first(its_first) {}
    CommentId first;
};

/// CommentForm::asks_first() or has_no_reader() is true. Nothing is written.
struct AskFirst : std::exception
{
    explicit AskFirst(bool its_needs_page) : needs_page(its_needs_page) {}
    /// The question is a page, for a script too.
    bool needs_page;
};

void ask_first(db::Transaction& tx, const CommentForm& form, base::Visibility visibility)
{
    if (visibility == base::Visibility::Public && form.has_no_reader && form.has_no_reader(tx))
        throw AskFirst(true);
    if (form.asks_first && form.asks_first(tx, visibility))
        throw AskFirst(false);
}

bool has_all(db::Connection& db, const comments::Comment& comment, std::span<const attachments::StoredFile> files)
{
    const auto sent = attachments::list_attachments(db, comment.service_request_id, base::Visibility::Internal);
    return std::ranges::all_of(files, [&](const attachments::StoredFile& file) {
        return std::ranges::any_of(sent, [&](const attachments::Attachment& other) {
            return other.comment_id == comment.id && other.sha256 == file.sha256;
        });
    });
}

// Back shows the box with its text again and another key, so without scripts Send may be pressed by mistake. A script
// gives each comment a key, and whoever reopens means it.
void refuse_a_second(
    db::Transaction& tx, const web::Context& ctx, const CommentForm& form, const actions::WriteComment& wanted)
{
    if (ctx.wants_fragment() || form.reopens() || !ctx.request().form_value("submission"))
        return;
    const auto deepest = ctx.visitor().is_staff() ? base::Visibility::Internal : base::Visibility::Public;
    const auto last = comments::find_newest(tx, form.service_request, deepest);
    if (last && last->author_id == ctx.visitor().user_id && last->text == wanted.text &&
        last->visibility == wanted.visibility && last->created_at > ctx.now() - sent_lately &&
        has_all(tx, *last, wanted.files))
        throw SentBefore(last->id);
}

CommentId save(web::Context& ctx, storage::Store& store, const CommentForm& form, const CommentInput& input)
{
    ctx.release();
    attachments::KeptFiles kept(store);
    kept.keep(ctx.files(), input.files.files);
    const actions::WriteComment wanted{.service_request = form.service_request,
        .text = input.text,
        .visibility = input.visibility,
        .files = kept.files(),
        .if_resolved = form.if_resolved,
        .seen = input.seen};
    const std::string fingerprint = web::submission_fingerprint(ctx);
    const auto work = [&](db::Transaction& tx) {
        refuse_a_second(tx, ctx, form, wanted);
        if (!web::find_submission(tx, fingerprint))
            ask_first(tx, form, input.visibility);
        web::remove_drafts_of(tx, ctx, form.path);
        return actions::write_comment(tx, ctx.act(), wanted);
    };
    try {
        return kept.settle_with([&] { return web::submit_once(ctx, work); });
    } catch (const SentBefore& before) {
        ctx.write([&](db::Transaction& tx) { web::remove_drafts_of(tx, ctx, form.path); });
        return before.first;
    }
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
    if (form.is_leak)
        return form.reopens() ? "leak-reopened" : "commented-leak";
    if (form.reopens())
        return "commented-reopened";
    return form.has_visibility ? form.said : "commented";
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

std::optional<CommentId> read_seen(const http::Request& request)
{
    const auto seen = base::parse_integer(request.form_value("seen").value_or(""));
    return seen ? std::optional(CommentId{*seen}) : std::nullopt;
}

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
        // The button that saves a reply as a note, which nobody would read.
        input.visibility = ctx.request().form_value("as_note") ? base::Visibility::Internal : *visibility;
        input.seen = read_seen(ctx.request());
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
    } catch (const AskFirst& question) {
        if (question.needs_page || !ctx.wants_fragment())
            input.held = hold_files(ctx, store, input.files);
        return refuse(input, http::Status::UnprocessableContent);
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
