#include "pages/shared/status_form.hpp"

#include "actions/change_status.hpp"
#include "actions/write_comment.hpp"
#include "attachments/kept_files.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/submission.hpp"

#include <utility>

namespace pages::shared {

namespace {

using service_requests::StatusChange;

actions::ChangeStatus verb_of(ServiceRequestId id, const StatusInput& input, const attachments::KeptFiles& kept)
{
    actions::ChangeStatus change{
        .service_request = id, .status = input.status, .version = input.version, .end = input.end, .seen = input.seen};
    if (input.sends_comment())
        change.comments.push_back({.service_request = id,
            .text = input.comment->text,
            .visibility = input.comment->visibility,
            .files = kept.files(),
            .seen = input.seen});
    return change;
}

/// Of somebody who tells the customer something: by words, or by resolving.
bool asks_first(db::Connection& db, const CommentForm& form, const StatusInput& input)
{
    const bool is_reply = input.sends_comment() && input.comment->visibility == base::Visibility::Public;
    const bool tells = is_reply || input.status == service_requests::Status::Resolved;
    const bool has_no_reader = is_reply && form.has_no_reader && form.has_no_reader(db);
    if (!has_no_reader && (!tells || !form.asks_first || !form.asks_first(db, base::Visibility::Public)))
        return false;
    // Who was overtaken hears that instead.
    const auto now = service_requests::get_service_request_for_staff(db, form.service_request);
    return now.version == input.version && now.status != input.status;
}

bool is_overtaken(StatusChange change)
{
    return change == StatusChange::AlreadySo || change == StatusChange::Stale;
}

void keep_text(db::Transaction& tx, const web::Context& ctx, const CommentForm& form)
{
    web::remove_drafts_of(tx, ctx, form.path);
    web::keep_overtaken(tx, ctx, form.path + "comments/");
}

} // namespace

StatusInput read_status_form(web::Context& ctx, const storage::Store& store, const CommentForm& form)
{
    StatusInput input;
    input.version = web::required_number(ctx.request(), "version");
    input.unsent = web::read_unsent(ctx.request());
    input.seen = read_seen(ctx.request());
    if (input.unsent == web::Unsent::Send || web::has_unsent_comment(ctx))
        input.comment = read_comment(ctx, store, form);
    return input;
}

StatusChange save_status(web::Context& ctx, storage::Store& store, const CommentForm& form, const StatusInput& input)
{
    using Outcome = std::pair<StatusChange, bool>;
    const ServiceRequestId id = form.service_request;
    const std::string fingerprint = web::submission_fingerprint(ctx);
    ctx.release();
    attachments::KeptFiles kept(store);
    if (input.sends_comment())
        kept.keep(ctx.files(), input.comment->files.files);
    const auto work = [&](db::Transaction& tx) {
        const bool is_repeated = web::find_submission(tx, fingerprint).has_value();
        if (!is_repeated && asks_first(tx, form, input))
            return Outcome(StatusChange::Unseen, false);
        const auto change =
            is_repeated ? StatusChange::Done : actions::change_status(tx, ctx.act(), verb_of(id, input, kept));
        if (change != StatusChange::Done) {
            if (web::has_typed_words(ctx) && is_overtaken(change))
                keep_text(tx, ctx, form);
            return Outcome(change, false);
        }
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

void keep_overtaken(web::Context& ctx, const CommentForm& form)
{
    ctx.write([&](db::Transaction& tx) { keep_text(tx, ctx, form); });
}

} // namespace pages::shared
