#include "customer/list.html.hpp"
#include "pages/customer/list_query.hpp"
#include "pages/customer/page_views.hpp"
#include "pages/customer/request_pages.hpp"

namespace pages::customer {

http::Response list_requests(web::Context& ctx)
{
    const auto types = ctx.recent(request_types::list_request_types);
    const ListView view = list_view(ctx, read_list_query(ctx.request(), *types));
    return ctx.render([&](web::Html& out) { views::customer::list(out, view); });
}

} // namespace pages::customer
