#include "pages/desk/requests/request_page.hpp"

#include "base/reference.hpp"
#include "base/text.hpp"
#include "desk/request.html.hpp"
#include "pages/desk/requests/request_forms.hpp"
#include "pages/desk/requests/request_view.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/lost_files.hpp"
#include "web/forms/unsent.hpp"

#include <utility>

namespace pages::desk {

namespace {

using service_requests::ServiceRequest;
using std::string_view_literals::operator""sv;

ServiceRequest get_request(web::Context& ctx)
{
    return service_requests::get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id"));
}

/// The text that waited for a sign-in, whichever button had sent it, or that was not sent for another reason.
void fill_in(web::Context& ctx, CommentForm& form, const web::Fields& draft)
{
    form.text = web::field_of(draft, "text");
    const std::string_view visibility =
        form.text.empty() ? ctx.request().query_value("visibility").value_or("") : web::field_of(draft, "visibility");
    form.is_internal = base::parse_visibility(visibility) == base::Visibility::Internal;
    form.kept = web::kept_why(draft);
    form.lost_files = web::lost_files_of(draft);
}

/// How an emergency ended, when somebody else ended it first: a note, or beside a reply that the customer would read.
void fill_in_note(CommentForm& form, std::string_view reason)
{
    if (reason.empty())
        return;
    if (!form.text.empty() && !form.is_internal) {
        form.kept_reason = reason;
        return;
    }
    form.text += form.text.empty() ? "" : "\n\n";
    form.text += reason;
    form.is_internal = true;
}

/// The answers about the end of an emergency that waited for a sign-in.
void fill_in_end(CommentForm& form, const web::Fields& draft)
{
    EndQuestion question{.finding = std::string(web::field_of(draft, "finding")),
        .reason = std::string(web::field_of(draft, "reason")),
        .has_text = !form.text.empty(),
        .errors = {}};
    if (!question.finding.empty() || !question.reason.empty())
        form.end_question = std::move(question);
}

} // namespace

http::Response show_request(web::Context& ctx)
{
    const ServiceRequest request = get_request(ctx);
    const web::Drafts drafts = web::find_drafts(ctx);
    RequestView view = request_view(ctx, request);
    if (ctx.request().query_value("saved") == "call")
        view.to_read_out = base::spoken_reference(request.id);
    const auto forms = {"comments/"sv, "status/"sv, "take/"sv, "take-over/"sv, "give-back/"sv};
    const web::Fields& draft = web::newest_for(drafts, forms);
    fill_in(ctx, view.comment_form, draft);
    if (view.is_closed && view.comment_form.text.empty())
        view.comment_form.is_internal = true;
    if (ends_emergency(request, service_requests::Status::Resolved))
        fill_in_end(view.comment_form, draft);
    else
        fill_in_note(view.comment_form, base::trim(web::field_of(draft, "reason")));
    if (const std::string_view address = web::field_of(web::fields_for(drafts, "address/"), "address");
        !address.empty())
        view.address_form.typed = address;
    if (!view.comment_form.text.empty())
        web::note_kept(ctx, view.page, drafts, forms);
    return ctx.render([&](web::Html& out) { views::desk::request(out, view); });
}

} // namespace pages::desk
