#include "pages/customer/request_pages.hpp"

#include "actions/change_status.hpp"
#include "attachments/kept_files.hpp"
#include "base/error.hpp"
#include "base/reference.hpp"
#include "base/text.hpp"
#include "comments/comment.hpp"
#include "customer/show.html.hpp"
#include "events/position.hpp"
#include "pages/shared/file_rules.hpp"
#include "pages/shared/presentation.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/submission.hpp"
#include "web/forms/unsent.hpp"
#include "web/forms/upload.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace pages::customer {

using namespace service_requests;

namespace {

ShowView show_view(web::Context& ctx, const ServiceRequest& request)
{
    ShowView view;
    view.page = ctx.page(request.title(), web::Place::Requests);
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
    view.items = timeline::list_items(ctx.db(), request, {ctx.site().zone, ctx.now(), ctx.visitor()});
    view.state = shared::state_of(ctx.site().zone, request, view.items);
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

std::string address_of(ServiceRequestId id)
{
    return fmt::format("/service/{}/", id.value);
}

struct Reopening
{
    std::int64_t version = 0;
    std::string why;
    web::FormErrors errors;
    /// What stands in the comment's box, what is wrong with it, and what becomes of it.
    bool has_comment = false;
    std::string comment;
    web::FormErrors comment_errors;
    web::FileCheck files;
    web::Unsent unsent = web::Unsent::Ask;

    bool sends_comment() const { return has_comment && unsent == web::Unsent::Send; }
    bool leaves_comment() const { return has_comment && unsent == web::Unsent::Leave; }
};

Reopening read_reopening(web::Context& ctx, const storage::Store& store)
{
    Reopening wanted;
    web::FormReader reader(ctx.request(), wanted.errors);
    wanted.why = reader.text("why", {.least = 0, .most = comments::longest_text, .missing = {}});
    const auto version = reader.number("version");
    if (!version)
        throw base::BadRequest("This form is not complete. Open the request again and try once more.");
    wanted.version = *version;
    wanted.unsent = web::read_unsent(ctx.request());
    wanted.has_comment = web::has_unsent_comment(ctx);
    if (wanted.has_comment) {
        web::FormReader comment(ctx.request(), wanted.comment_errors);
        wanted.comment =
            comment.text("text", {.least = 1, .most = comments::longest_text, .missing = "Write your comment."});
        wanted.files = web::check_files(ctx, pages::shared::file_rules(store), wanted.comment_errors);
    }
    return wanted;
}

/// Why the form comes back before anything is tried; nothing when it may go ahead.
std::optional<http::Status> reason_to_refuse(const Reopening& wanted)
{
    if (wanted.sends_comment() && !wanted.comment_errors.empty())
        return wanted.files.refusal;
    if (!wanted.errors.empty() || (wanted.has_comment && wanted.unsent == web::Unsent::Ask))
        return http::Status::UnprocessableContent;
    return std::nullopt;
}

http::Response refuse_reopening(
    web::Context& ctx, const ServiceRequest& request, const Reopening& wanted, http::Status status)
{
    ShowView view = show_view(ctx, request);
    view.page.title = "Problem: " + view.page.title;
    view.actions.text = wanted.why;
    view.actions.errors = wanted.errors;
    view.comment.submission = ctx.request().form_value("submission").value_or("");
    view.comment.text = wanted.comment;
    view.comment.asks = wanted.has_comment;
    if (!wanted.leaves_comment())
        view.comment.errors = wanted.comment_errors;
    view.comment.files_are_lost = !ctx.files().empty() || ctx.request().fault != http::BodyFault::None;
    return ctx.render([&](web::Html& out) { views::customer::show(out, view); }, status);
}

/// What was typed in the reason's box and, if it is to be sent, in the comment's.
actions::ChangeStatus verb_of(ServiceRequestId id, const Reopening& wanted, const attachments::KeptFiles& kept)
{
    actions::ChangeStatus change{.service_request = id, .status = Status::Pending, .version = wanted.version};
    if (!wanted.why.empty())
        change.comments.push_back({.service_request = id, .text = wanted.why});
    if (wanted.sends_comment())
        change.comments.push_back({.service_request = id, .text = wanted.comment, .files = kept.files()});
    return change;
}

/// What was typed is sent even when somebody else had reopened it already.
StatusChange reopen_with_comments(db::Transaction& tx, const base::Act& act, const actions::ChangeStatus& wanted)
{
    const StatusChange change = actions::change_status(tx, act, wanted);
    if (change == StatusChange::AlreadySo)
        for (const actions::WriteComment& comment : wanted.comments)
            actions::write_comment(tx, act, comment);
    return change;
}

StatusChange save_reopening(web::Context& ctx, storage::Store& store, ServiceRequestId id, const Reopening& wanted)
{
    using Outcome = std::pair<StatusChange, bool>;
    const std::string fingerprint = web::submission_fingerprint(ctx);
    ctx.release();
    attachments::KeptFiles kept(store);
    if (wanted.sends_comment())
        kept.keep(ctx.files(), wanted.files.types);
    const auto work = [&](db::Transaction& tx) {
        const bool is_repeated = web::find_submission(tx, fingerprint).has_value();
        const auto change =
            is_repeated ? StatusChange::Done : reopen_with_comments(tx, ctx.act(), verb_of(id, wanted, kept));
        if (change == StatusChange::Stale)
            return Outcome(change, false);
        // Again for a form sent twice: the page that follows the first one may never have been shown.
        web::remove_drafts_of(tx, ctx, address_of(id));
        if (wanted.leaves_comment())
            web::keep_left_out(tx, ctx, address_of(id) + "comments/");
        if (is_repeated)
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

} // namespace

http::Response show_request(web::Context& ctx)
{
    const web::Drafts drafts = web::find_drafts(ctx);
    const auto request = get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id"));
    ShowView view = show_view(ctx, request);
    const web::Fields& draft = web::newest_for(drafts, {"comments/", "reopen/"});
    view.comment.text = web::field_of(draft, "text");
    view.comment.is_left_out = web::was_left_out(draft);
    view.actions.text = web::field_of(draft, "why");
    return ctx.render([&](web::Html& out) { views::customer::show(out, view); });
}

http::Response reopen_request(web::Context& ctx, storage::Store& store)
{
    const auto request = get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id"));
    const Reopening wanted = read_reopening(ctx, store);
    if (const auto reason = reason_to_refuse(wanted))
        return refuse_reopening(ctx, request, wanted, *reason);
    const StatusChange change = save_reopening(ctx, store, request.id, wanted);
    if (change == StatusChange::Stale)
        throw base::Conflict("This request changed after you opened it. Nothing was overwritten. Open it again to see "
                             "the newer version.");
    ctx.flash(change == StatusChange::Done ? "reopened" : "unchanged");
    return http::redirect(address_of(request.id));
}

} // namespace pages::customer
