#include "base/error.hpp"
#include "base/text.hpp"
#include "base/url_encoding.hpp"
#include "customer/list.html.hpp"
#include "pages/customer/request_pages.hpp"
#include "pages/customer/request_row.hpp"
#include "pages/shared/presentation.hpp"
#include "pages/shared/urls.hpp"
#include "request_types/request_type.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pages::customer {

using namespace service_requests;

namespace {

[[noreturn]] void refuse()
{
    throw base::BadRequest(
        base::Text("This web address asks for a list that we do not have. Start again from “Your requests”."));
}

std::optional<Status> status_asked(const web::Context& ctx)
{
    const auto name = ctx.request().query_value("status");
    if (!name || name->empty())
        return std::nullopt;
    const auto status = parse_status(*name);
    if (!status)
        refuse();
    return status;
}

ServiceRequestId position_asked(const web::Context& ctx, std::string_view name)
{
    const auto text = ctx.request().query_value(name);
    if (!text)
        return {};
    const auto number = base::parse_integer(*text);
    if (!number || *number <= 0)
        refuse();
    return ServiceRequestId{*number};
}

RequestTypeId type_asked(const web::Context& ctx, const std::vector<request_types::RequestType>& types)
{
    const auto slug = ctx.request().query_value("type");
    if (!slug || slug->empty())
        return {};
    const auto found = std::find_if(types.begin(), types.end(), [&](const auto& type) { return type.slug == *slug; });
    if (found == types.end())
        refuse();
    return found->id;
}

std::string address_of(const ListView& view, std::string_view direction, ServiceRequestId position)
{
    std::string query = "?";
    if (view.status)
        query += fmt::format("status={}&", status_name(*view.status));
    if (!view.type.empty())
        query += fmt::format("type={}&", base::percent_encode(view.type));
    return urls::customer_requests(query + fmt::format("{}={}", direction, position.value));
}

// Rows beyond the page only tell that there is another one, in the direction of reading.
web::Pager pager_for(const ListView& view, const OwnFilter& filter, bool has_more)
{
    web::Pager pager;
    if (view.rows.empty())
        return pager;
    if (filter.after ? has_more : bool(filter.before))
        pager.newer = address_of(view, "after", view.rows.front().id);
    if (filter.after || has_more)
        pager.older = address_of(view, "before", view.rows.back().id);
    return pager;
}

void cut_to_page(std::vector<ServiceRequest>& requests, const OwnFilter& filter)
{
    if (requests.size() <= page_size)
        return;
    // Newest first in both directions: towards the newest, the extra one is the first.
    requests.erase(filter.after ? requests.begin() : requests.end() - 1);
}

web::Empty empty_words(const ListView& view)
{
    if (view.counts.pending + view.counts.resolved == 0)
        return {base::Text("No requests yet"),
            base::Text("When something needs fixing, fitting or explaining, start here. You can follow it from the "
                       "first minute."),
            base::Text("New request"), urls::new_request()};
    return {base::Text("Nothing here"), base::Text("None of your requests match this filter."),
        base::Text("Show all requests"), urls::customer_requests()};
}

} // namespace

http::Response list_requests(web::Context& ctx)
{
    ListView view;
    const auto types = ctx.recent(request_types::list_request_types);
    OwnFilter filter{.status = status_asked(ctx),
        .type_id = type_asked(ctx, *types),
        .before = position_asked(ctx, "before"),
        .after = position_asked(ctx, "after")};
    if (filter.before && filter.after)
        refuse();
    view.page = ctx.page(base::Text("Your requests"), web::Place::Requests);
    view.status = filter.status;
    for (const auto& type : *types) {
        if (type.id == filter.type_id)
            view.type = type.slug;
        view.types.push_back({type.slug, type.name, type.id == filter.type_id});
    }
    view.counts = count_own_service_requests(ctx.db(), ctx.visitor().user_id);
    auto requests = list_own_service_requests(ctx.db(), ctx.visitor().user_id, filter);
    const bool has_more = requests.size() > page_size;
    cut_to_page(requests, filter);
    view.rows = rows_of(ctx.dates(), requests);
    view.pager = pager_for(view, filter, has_more);
    view.empty = empty_words(view);
    return ctx.render([&](web::Html& out) { views::customer::list(out, view); });
}

} // namespace pages::customer
