#include "pages/customer/request_pages.hpp"

#include "actions/emergencies/correct_address.hpp"
#include "customer/show.html.hpp"
#include "pages/customer/page_views.hpp"
#include "pages/shared/urls.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/lost_files.hpp"

#include <utility>

namespace pages::customer {

http::Response show_request(web::Context& ctx)
{
    const web::Drafts drafts = web::find_drafts(ctx);
    const auto request = service_requests::get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id"));
    ShowView view = request_view(ctx, request);
    const web::Fields& draft = web::newest_for(drafts, {"comments/", "reopen/"});
    view.comment.text = web::field_of(draft, "text");
    view.comment.lost_files = web::lost_files_of(draft);
    view.add_address.typed = web::field_of(web::newest_for(drafts, {"address/"}), "address");
    web::note_kept(ctx, view.page, drafts, {"comments/", "reopen/", "address/"});
    return ctx.render([&](web::Html& out) { views::customer::show(out, view); });
}

http::Response add_address(web::Context& ctx)
{
    const auto request = service_requests::get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id"));
    web::FormErrors errors;
    web::FormReader reader(ctx.request(), errors);
    const std::string address = reader.line(
        "address", {.least = 1, .most = 200, .missing = base::MessageId("Enter the address so the crew can find it.")});
    if (!errors.empty()) {
        ShowView view = request_view(ctx, request);
        view.page.title = web::title_of_refused(std::move(view.page.title));
        view.add_address.typed = address;
        view.add_address.errors = std::move(errors);
        return ctx.render(
            [&](web::Html& out) { views::customer::show(out, view); }, http::Status::UnprocessableContent);
    }
    ctx.release();
    const bool is_added = ctx.write([&](db::Transaction& tx) {
        web::remove_draft(tx, ctx);
        return actions::add_address(tx, ctx.act(), request.id, address);
    });
    ctx.flash(is_added ? "address-added" : "address-not-added");
    return http::redirect(urls::customer_request(request.id));
}

} // namespace pages::customer
