#include "pages/desk/requests/comment_page.hpp"

#include "desk/request.html.hpp"
#include "desk/unseen.html.hpp"
#include "pages/desk/requests/list_place.hpp"
#include "pages/desk/requests/refused_view.hpp"
#include "pages/desk/requests/request_forms.hpp"

namespace pages::desk {

http::Response write_comment(web::Context& ctx, storage::Store& store)
{
    const auto request = service_requests::get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id"));
    const auto refuse = [&](const shared::CommentInput& input, http::Status status) {
        const RequestView view = refused_comment_view(ctx, request.id, input, status);
        // A script keeps the page and shows the question above the box.
        if (ctx.wants_fragment() && view.comment_form.unseen)
            return ctx.render_fragment(
                [&](web::Html& out) { views::desk::unseen(out, view, *view.comment_form.unseen); }, status);
        return ctx.render([&](web::Html& out) { views::desk::request(out, view); }, status);
    };
    shared::CommentForm form = asking_form_of(ctx, request.id);
    form.query = list_query(ctx);
    if (find_why_unread(ctx.db(), request, ctx.now()))
        form.said = "reply-unread";
    return shared::write_comment(ctx, store, form, refuse);
}

} // namespace pages::desk
