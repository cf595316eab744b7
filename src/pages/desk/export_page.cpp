#include "pages/desk/export_page.hpp"

#include "actions/export_requests.hpp"
#include "pages/desk/request_csv.hpp"
#include "pages/shared/queue_query.hpp"

#include <fmt/format.h>

namespace pages::desk {

http::Response export_csv(web::Context& ctx, web::Site& site)
{
    const auto types = ctx.recent(request_types::list_request_types);
    const shared::QueueQuery query = shared::read_queue_query(ctx.request().query, *types, site.zone, ctx.now());
    http::Response response;
    response.content_type = "text/csv; charset=utf-8";
    response.compressible = false;
    response.header("Content-Disposition",
        fmt::format("attachment; filename=\"service-requests-{}.csv\"", site.zone.iso_local(ctx.now()).substr(0, 10)));
    response.header("Cache-Control", "no-store");
    if (ctx.request().method == http::Method::Head)
        return response;
    ctx.write([&](db::Transaction& tx) { actions::export_requests(tx, ctx.act(), query.text()); });
    response.body = request_csv(site, query.filter);
    return response;
}

} // namespace pages::desk
