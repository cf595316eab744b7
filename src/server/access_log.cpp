#include "server/access_log.hpp"

#include "base/log.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace server {

namespace {

constexpr std::string_view token_segment = "{token}";

std::string_view method_name(const http::Served& exchange)
{
    if (exchange.target.empty())
        return "-";
    switch (exchange.method) {
    case http::Method::Get:
        return "GET";
    case http::Method::Head:
        return "HEAD";
    case http::Method::Post:
        return "POST";
    case http::Method::Other:
        break;
    }
    return "OTHER";
}

/// Up to and with the slash of this number; all when there are fewer.
std::string_view up_to_slash(std::string_view path, std::ptrdiff_t number)
{
    const auto is_last = [&](char c) { return c == '/' && --number == 0; };
    const auto slash = std::find_if(path.begin(), path.end(), is_last);
    return path.substr(0, slash == path.end() ? path.size() : static_cast<std::size_t>(slash - path.begin()) + 1);
}

// Also an address that only begins like one with a token: without its last slash, with more behind it.
std::string_view part_before_token(const web::Router& router, std::string_view path)
{
    std::vector<std::pair<std::string, std::string>> values;
    for (const web::Route& route : router.routes()) {
        const auto at = route.pattern.find(token_segment);
        if (at == std::string_view::npos)
            continue;
        const std::string_view before = route.pattern.substr(0, at);
        const auto begin = up_to_slash(path, std::count(before.begin(), before.end(), '/'));
        if (begin.size() < path.size() && web::fits(before, begin, values))
            return before;
    }
    return {};
}

std::string shown_path(const http::Served& exchange, const web::Router& router)
{
    if (exchange.target.empty())
        return "-";
    if (const std::string_view before = part_before_token(router, exchange.path); !before.empty())
        return std::string(before) + "***";
    return exchange.target.substr(0, exchange.target.find('?'));
}

double milliseconds(const http::Served& exchange)
{
    return std::chrono::duration<double, std::milli>(exchange.time).count();
}

std::string_view known(std::string_view text)
{
    return text.empty() ? "-" : text;
}

} // namespace

std::string access_note(const web::Context& ctx)
{
    const UserId user = ctx.visitor().user_id;
    return user ? std::to_string(user.value) : "";
}

std::string access_line(const http::Served& exchange, const web::Router& router)
{
    return fmt::format("access {} {} {} {} {} {} {:.1f} {}", exchange.remote_address, known(exchange.note),
        method_name(exchange), shown_path(exchange, router), static_cast<int>(exchange.status), exchange.bytes,
        milliseconds(exchange), known(exchange.request_id));
}

void write_access(const http::Served& exchange, const web::Router& router)
{
    using base::log::Field;
    const std::string path = shown_path(exchange, router);
    const auto user = base::parse_integer(exchange.note);
    const std::array fields = {Field{"address", std::string_view(exchange.remote_address)},
        user ? Field{"user", static_cast<std::uint64_t>(*user)} : Field{"user", {}},
        exchange.target.empty() ? Field{"method", {}} : Field{"method", method_name(exchange)},
        exchange.target.empty() ? Field{"path", {}} : Field{"path", std::string_view(path)},
        Field{"status", static_cast<std::uint64_t>(exchange.status)}, Field{"bytes", exchange.bytes},
        Field{"milliseconds", milliseconds(exchange)}};
    const base::log::RequestScope scope(exchange.request_id);
    base::log::access(access_line(exchange, router), fields);
}

} // namespace server
