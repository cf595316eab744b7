#include "pages/desk/export_page.hpp"

#include "actions/export_requests.hpp"
#include "base/error.hpp"
#include "pages/desk/proof/proof.hpp"
#include "pages/desk/request_csv.hpp"
#include "pages/desk/request_xlsx.hpp"
#include "pages/shared/queue_query.hpp"

#include <fmt/format.h>

namespace pages::desk {

namespace {

enum class Format : std::uint8_t
{
    Csv,
    Xlsx
};

Format read_format(const web::Context& ctx)
{
    const std::string_view name = ctx.request().query_value("format").value_or("");
    if (name.empty() || name == "csv")
        return Format::Csv;
    if (name == "xlsx")
        return Format::Xlsx;
    throw base::BadRequest(base::Text("The format in this web address is not one we use: csv or xlsx."));
}

/// The order of the rows is no filter.
bool is_everything(const search::Filter& filter)
{
    return !filter.status && filter.types.empty() && !filter.user && !filter.account &&
           filter.ringing == search::Ringing::Any && !filter.from && !filter.until && !filter.resolved_from &&
           filter.search.empty();
}

} // namespace

http::Response export_csv(web::Context& ctx, web::Site& site)
{
    const Format format = read_format(ctx);
    const auto types = ctx.recent(request_types::list_request_types);
    const shared::QueueQuery query = shared::read_queue_query(ctx.request().query, *types, site.zone, ctx.now());
    if (is_everything(query.filter)) {
        if (auto question = ask_before_page(ctx))
            return std::move(*question);
    }
    http::Response response;
    response.content_type = format == Format::Csv ? "text/csv; charset=utf-8"
                                                  : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    response.compressible = false;
    response.header("Content-Disposition",
        fmt::format("attachment; filename=\"service-requests-{}.{}\"", site.zone.iso_local(ctx.now()).substr(0, 10),
            format == Format::Csv ? "csv" : "xlsx"));
    response.header("Cache-Control", "no-store");
    if (ctx.request().method == http::Method::Head)
        return response;
    ctx.write([&](db::Transaction& tx) { actions::export_requests(tx, ctx.act(), query.text()); });
    ctx.log_security({.event = "exported", .detail = format == Format::Csv ? "csv" : "xlsx"});
    response.body = format == Format::Csv ? request_csv(site, query.filter) : request_xlsx(site, query.filter);
    return response;
}

} // namespace pages::desk
