#include "pages/customer/list_query.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/url_encoding.hpp"
#include "pages/shared/urls.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace pages::customer {

using namespace service_requests;

namespace {

[[noreturn]] void refuse()
{
    throw base::BadRequest(base::Text("That link doesn’t work. Start from “Your requests”."));
}

std::optional<Status> status_asked(const http::Request& request)
{
    const auto name = request.query_value("status");
    if (!name || name->empty())
        return std::nullopt;
    const auto status = parse_status(*name);
    if (!status)
        refuse();
    return status;
}

ServiceRequestId position_asked(const http::Request& request, std::string_view name)
{
    const auto text = request.query_value(name);
    if (!text)
        return {};
    const auto number = base::parse_integer(*text);
    if (!number || *number <= 0)
        refuse();
    return ServiceRequestId{*number};
}

const request_types::RequestType* type_asked(
    const http::Request& request, const std::vector<request_types::RequestType>& types)
{
    const auto slug = request.query_value("type");
    if (!slug || slug->empty())
        return nullptr;
    const auto found = std::find_if(types.begin(), types.end(), [&](const auto& type) { return type.slug == *slug; });
    if (found == types.end())
        refuse();
    return &*found;
}

} // namespace

std::string ListQuery::url(std::string_view direction, ServiceRequestId position) const
{
    std::string query = "?";
    if (filter.status)
        query += fmt::format("status={}&", status_name(*filter.status));
    if (!type.empty())
        query += fmt::format("type={}&", base::percent_encode(type));
    return urls::customer_requests(query + fmt::format("{}={}", direction, position.value));
}

ListQuery read_list_query(const http::Request& request, const std::vector<request_types::RequestType>& types)
{
    const request_types::RequestType* type = type_asked(request, types);
    ListQuery query{.filter = {.status = status_asked(request),
                        .type_id = type ? type->id : RequestTypeId(),
                        .before = position_asked(request, "before"),
                        .after = position_asked(request, "after")},
        .type = type ? type->slug : ""};
    if (query.filter.before && query.filter.after)
        refuse();
    return query;
}

} // namespace pages::customer
