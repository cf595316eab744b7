#include "http/head/request_id.hpp"

#include "base/crypto.hpp"

#include <algorithm>

namespace http {

namespace {

constexpr std::string_view field = "x-request-id";
constexpr std::size_t longest_id = 64;

bool is_well_formed(std::string_view id)
{
    return !id.empty() && id.size() <= longest_id && std::ranges::all_of(id, [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
               c == '-';
    });
}

} // namespace

std::string settle_request_id(Request& request, bool is_from_trusted_proxy)
{
    std::string id(request.header(field));
    if (!is_from_trusted_proxy || !is_well_formed(id))
        id = new_request_id();
    std::erase_if(request.headers, [](const auto& header) { return header.first == field; });
    request.headers.emplace_back(field, id);
    return id;
}

std::string new_request_id()
{
    return base::random_token(6);
}

} // namespace http
