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
        .action = web::form_address(ctx.request()),
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
    CallView view = call_view(ctx, input.typed, status);
    if (!input.typed.errors.of("customer").empty())
        view.callers = find_callers(ctx.db(), input.typed.customer);
    return draw(ctx, view, status);
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

/// What is typed to find somebody by: the most exact of it first.
std::string_view sought_in(const TypedCall& typed)
{
    for (const std::string_view words : {std::string_view(typed.customer), std::string_view(typed.phone)}) {
        if (!words.empty())
            return words;
    }
    return typed.name;
}

void choose(web::Context& ctx, CallView& view, std::string_view key)
{
    const auto match = find_caller_match(ctx.db(), key);
    if (!match)
        return;
    view.form.customer = view.form.filled.customer = match->key;
    const auto fill = [](std::string& field, std::string& filled, const std::string& known) {
        if (base::trim(field).empty() || field == filled)
            field = filled = known;
    };
    fill(view.form.name, view.form.filled.name, match->name);
    fill(view.form.phone, view.form.filled.phone, match->phone);
    fill(view.form.address, view.form.filled.address, match->address);
    view.callers = {.is_asked = true, .found = {*match}, .has_more = false, .chosen = match->key};
}

/// The form again, with whom it fits: without scripts.
http::Response offer(web::Context& ctx, std::string_view chosen)
{
    CallView view = call_view(ctx, typed_call(ctx.request().form), http::Status::Ok);
    if (chosen.empty())
        view.callers = find_callers(ctx.db(), sought_in(view.form));
    else
        choose(ctx, view, chosen);
    return draw(ctx, view, http::Status::Ok);
}

/// What was typed here for others than the form is for.
std::vector<UnsentCall> unsent_calls(web::Context& ctx, const web::Drafts& drafts, std::string_view form)
{
    std::vector<UnsentCall> unsent;
    for (const web::Draft& draft : drafts) {
        const std::string_view name = web::field_of(draft.fields, "name");
        if (draft.form != form && (draft.form.empty() || draft.form.starts_with('?')))
            unsent.push_back({.caller = std::string(name.empty() ? web::field_of(draft.fields, "customer") : name),
                .when = ctx.dates().friendly(draft.at),
                .page = ctx.request().path + draft.form});
    }
    return unsent;
}

} // namespace

http::Response new_call(web::Context& ctx)
{
    const web::Drafts drafts = web::find_drafts(ctx);
    const std::string form = web::form_address(ctx.request()).substr(ctx.request().path.size());
    TypedCall typed = typed_call(web::fields_for(drafts, form));
    // The page of a user leads here.
    if (typed.customer.empty())
        typed.customer = typed.filled.customer = base::clean_line(ctx.request().query_value("customer").value_or(""));
    CallView view = call_view(ctx, std::move(typed), http::Status::Ok);
    web::note_kept(ctx, view.page, drafts, {form});
    view.unsent = unsent_calls(ctx, drafts, form);
    return draw(ctx, view, http::Status::Ok);
}

http::Response submit_call(web::Context& ctx)
{
    const auto chosen = ctx.request().form_value("choose").value_or("");
    if (!chosen.empty() || ctx.request().form_value("find"))
        return offer(ctx, chosen);
    const CallInput input = read_call(ctx);
    if (!input.typed.errors.empty() || input.typed.where)
        return refuse(ctx, input, http::Status::UnprocessableContent);
    try {
        const ServiceRequestId id = save(ctx, input);
        ctx.flash("call-saved");
        return http::redirect(urls::desk_request(id, "?saved=call"));
    } catch (const base::Unavailable& error) {
        web::log_unsaved("call", error);
        return refuse(ctx, input, http::Status::ServiceUnavailable);
    }
}

} // namespace pages::desk
