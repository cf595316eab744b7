#include "pages/desk/requests/call_page.hpp"

#include "actions/submit_request.hpp"
#include "actions/write_comment.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "desk/call.html.hpp"
#include "pages/desk/requests/call_input.hpp"
#include "pages/shared/presentation.hpp"
#include "pages/shared/urls.hpp"
#include "web/forms/submission.hpp"

namespace pages::desk {

namespace {

CallView call_view(web::Context& ctx, TypedCall typed, http::Status status)
{
    CallView view{.page = ctx.page(
                      web::title_of_form(base::Text("New request for a caller"), typed.errors), web::Place::NewRequest),
        .form = std::move(typed),
        .is_unavailable = status == http::Status::ServiceUnavailable,
        .types = shared::type_cards(*ctx.recent(request_types::list_request_types)),
        .submission = std::string(ctx.request().form_value("submission").value_or(""))};
    view.page.has_fields = true;
    if (view.submission.empty())
        view.submission = web::new_submission_key();
    return view;
}

http::Response draw(web::Context& ctx, const CallView& view, http::Status status)
{
    return ctx.render([&](web::Html& out) { views::desk::call(out, view); }, status);
}

http::Response refuse(web::Context& ctx, const CallInput& input, http::Status status)
{
    return draw(ctx, call_view(ctx, input.typed, status), status);
}

ServiceRequestId save(web::Context& ctx, const CallInput& input)
{
    ctx.release();
    const auto work = [&](db::Transaction& tx) {
        web::remove_draft(tx, ctx);
        const auto id =
            actions::submit_request(tx, ctx.act(), {.request = input.request, .leak = input.typed.leak.answers});
        if (!input.typed.note.empty())
            actions::write_comment(tx, ctx.act(),
                {.service_request = id, .text = input.typed.note, .visibility = base::Visibility::Internal});
        return id;
    };
    return web::submit_once(ctx, work).first;
}

} // namespace

http::Response new_call(web::Context& ctx)
{
    const web::Drafts drafts = web::find_drafts(ctx);
    TypedCall typed = typed_call(web::fields_for(drafts, ""));
    // The page of a user leads here.
    if (typed.customer.empty())
        typed.customer = base::clean_line(ctx.request().query_value("customer").value_or(""));
    CallView view = call_view(ctx, std::move(typed), http::Status::Ok);
    web::note_kept(ctx, view.page, drafts, {""});
    return draw(ctx, view, http::Status::Ok);
}

http::Response submit_call(web::Context& ctx)
{
    const CallInput input = read_call(ctx);
    if (!input.typed.errors.empty())
        return refuse(ctx, input, http::Status::UnprocessableContent);
    try {
        const ServiceRequestId id = save(ctx, input);
        ctx.flash("call-saved");
        return http::redirect(urls::desk_request(id));
    } catch (const base::Unavailable& error) {
        web::log_unsaved(ctx, "call", error);
        return refuse(ctx, input, http::Status::ServiceUnavailable);
    }
}

} // namespace pages::desk
