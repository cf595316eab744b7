#include "pages/desk/requests/list_place.hpp"

#include "base/error.hpp"
#include "pages/shared/queue_query.hpp"
#include "pages/shared/urls.hpp"
#include "queue/place.hpp"

#include <fmt/format.h>

#include <optional>

namespace pages::desk {

namespace {

using service_requests::ServiceRequest;

std::string_view list_in(const web::Context& ctx)
{
    return ctx.request().form_value("list").value_or(ctx.request().query_value("list").value_or(""));
}

std::optional<shared::QueueQuery> read_list(web::Context& ctx, std::string_view list)
{
    if (list.empty())
        return std::nullopt;
    const auto types = ctx.recent(request_types::list_request_types);
    try {
        return shared::read_queue_query(shared::split_query(list), *types, ctx.site().zone, ctx.now());
    } catch (const base::BadRequest&) {
        return std::nullopt;
    }
}

std::string url_of(const std::vector<ServiceRequest>& nearest, std::string_view list)
{
    return nearest.empty() ? std::string() : urls::desk_request(nearest.front().id, urls::from_list(list));
}

} // namespace

ListPlace find_list_place(web::Context& ctx, const ServiceRequest& request)
{
    const auto query = read_list(ctx, list_in(ctx));
    if (!query)
        return {.list = {},
            .heading = base::Text("All open"),
            .back_url = urls::desk_queue("?status=Pending"),
            .previous_url = {},
            .next_url = {}};
    const std::string list = query->as_list();
    search::Filter beside = query->filter;
    beside.position = queue::position_after(beside.sort, request);
    beside.page_size = 0;
    return {.list = list,
        .heading = query->heading(),
        .back_url = fmt::format("{}#r{}", urls::desk_queue(query->here_with("", "")), request.id.value),
        .previous_url = url_of(queue::list_before(ctx.db(), beside, 1), list),
        .next_url = url_of(queue::list_queue(ctx.db(), beside), list)};
}

std::string list_query(const web::Context& ctx)
{
    return urls::from_list(list_in(ctx));
}

std::string request_url(const web::Context& ctx, ServiceRequestId id, std::string_view query)
{
    std::string from = list_query(ctx);
    if (!query.empty() && !from.empty())
        from.front() = '&';
    return urls::desk_request(id, std::string(query) + from);
}

} // namespace pages::desk
