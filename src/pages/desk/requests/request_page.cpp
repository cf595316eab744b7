#include "pages/desk/requests/request_page.hpp"

#include "desk/request.html.hpp"
#include "pages/desk/requests/request_view.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/unsent.hpp"

namespace pages::desk {

namespace {

/// The text that waited for a sign-in, whichever button had sent it.
void fill_in(RequestView& view, const web::Fields& draft)
{
    view.status_form.text = web::field_of(draft, "status_text");
    view.comment_form.text = web::field_of(draft, "text");
    view.comment_form.is_internal =
        base::parse_visibility(web::field_of(draft, "visibility")) == base::Visibility::Internal;
    view.comment_form.is_left_out = web::was_left_out(draft);
}

} // namespace

http::Response show_request(web::Context& ctx)
{
    const web::Drafts drafts = web::find_drafts(ctx);
    RequestView view = request_view(
        ctx, service_requests::get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id")));
    fill_in(view, web::newest_for(drafts, {"comments/", "status/"}));
    return ctx.render([&](web::Html& out) { views::desk::request(out, view); });
}

} // namespace pages::desk
