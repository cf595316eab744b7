#include "pages/customer/comment_pages.hpp"

#include "actions/write_comment.hpp"
#include "attachments/kept_files.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "base/reference.hpp"
#include "comments/comment.hpp"
#include "customer/comment_refused.html.hpp"
#include "pages/customer/comment_views.hpp"
#include "pages/shared/file_rules.hpp"
#include "partials/error_summary.html.hpp"
#include "shared/timeline_item.html.hpp"
#include "timeline/timeline.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/submission.hpp"
#include "web/forms/unsent.hpp"
#include "web/forms/upload.hpp"

#include <fmt/format.h>

namespace pages::customer {

using namespace comments;

namespace {

struct Wanted
{
    std::string text;
    web::FormErrors errors;
    web::FileCheck files;
};

Wanted read_form(web::Context& ctx, const storage::Store& store)
{
    Wanted wanted;
    web::FormReader reader(ctx.request(), wanted.errors);
    wanted.text = reader.text("text", {.least = 1, .most = longest_text, .missing = "Write your comment."});
    wanted.files = web::check_files(ctx, pages::shared::file_rules(store), wanted.errors);
    return wanted;
}

/// The new comment, or the one that the same submission made before.
CommentId save(web::Context& ctx, storage::Store& store, ServiceRequestId service_request, const Wanted& wanted)
{
    ctx.release();
    attachments::KeptFiles kept(store);
    kept.keep(ctx.files(), wanted.files.types);
    const auto work = [&](db::Transaction& tx) {
        const auto added = actions::write_comment(
            tx, ctx.act(), {.service_request = service_request, .text = wanted.text, .files = kept.files()});
        web::remove_drafts_of(tx, ctx, fmt::format("/service/{}/", service_request.value));
        web::keep_beside(tx, ctx, "why");
        return added;
    };
    return kept.settle_with([&] { return web::submit_once(ctx, work); });
}

http::Response refuse(
    web::Context& ctx, const service_requests::ServiceRequest& request, const Wanted& wanted, http::Status status)
{
    if (ctx.wants_fragment())
        return ctx.render_fragment([&](web::Html& out) { views::partials::error_summary(out, wanted.errors); }, status);
    RefusedView view;
    view.page = ctx.page("Problem: your comment was not sent", web::Place::Requests);
    view.reference = base::reference(request.id);
    view.title = request.title();
    view.is_unavailable = status == http::Status::ServiceUnavailable;
    view.form = {.id = request.id,
        .csrf = view.page.csrf,
        .submission = std::string(ctx.request().form_value("submission").value_or("")),
        .text = wanted.text,
        .errors = wanted.errors,
        .files_are_lost = !ctx.files().empty() || ctx.request().fault != http::BodyFault::None,
        .why = std::string(ctx.request().form_value("why").value_or(""))};
    return ctx.render([&](web::Html& out) { views::customer::comment_refused(out, view); }, status);
}

http::Response new_entry(web::Context& ctx, ServiceRequestId service_request, CommentId id)
{
    const auto request = service_requests::get_service_request(ctx.db(), ctx.visitor(), service_request);
    const events::Event event{.subject_id = service_request.value,
        .actor_id = ctx.visitor().user_id,
        .kind = events::Kind::Commented,
        .visibility = base::Visibility::Public,
        .comment_id = id};
    const auto item = timeline::find_item(ctx.db(), request, event, {ctx.site().zone, ctx.now(), ctx.visitor()});
    auto response = ctx.render_fragment([&](web::Html& out) { views::shared::timeline_item(out, item.value()); });
    response.header("X-Next-Submission", web::new_submission_key());
    return response;
}

} // namespace

http::Response write_comment(web::Context& ctx, storage::Store& store)
{
    const auto request = service_requests::get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id"));
    Wanted wanted = read_form(ctx, store);
    if (!wanted.errors.empty())
        return refuse(ctx, request, wanted, wanted.files.refusal);
    try {
        const CommentId id = save(ctx, store, request.id, wanted);
        if (ctx.wants_fragment())
            return new_entry(ctx, request.id, id);
        ctx.flash("commented");
        return http::redirect(fmt::format("/service/{}/#c{}", request.id.value, id.value));
    } catch (const base::Unavailable& error) {
        base::log::warning(fmt::format("request {} comment: {}", ctx.request_id(), error.what()));
        wanted.errors.add("text", std::string(web::try_again));
        return refuse(ctx, request, wanted, http::Status::ServiceUnavailable);
    }
}

} // namespace pages::customer
