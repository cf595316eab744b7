#include "pages/customer/request_pages.hpp"

#include "customer/show.html.hpp"
#include "pages/customer/page_views.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/lost_files.hpp"

namespace pages::customer {

http::Response show_request(web::Context& ctx)
{
    const web::Drafts drafts = web::find_drafts(ctx);
    const auto request = service_requests::get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id"));
    ShowView view = request_view(ctx, request);
    const web::Fields& draft = web::newest_for(drafts, {"comments/", "reopen/"});
    view.comment.text = web::field_of(draft, "text");
    view.comment.lost_files = web::lost_files_of(draft);
    web::note_kept(ctx, view.page, drafts, {"comments/", "reopen/"});
    return ctx.render([&](web::Html& out) { views::customer::show(out, view); });
}

} // namespace pages::customer
