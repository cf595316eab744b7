#include "server/arrival/origin.hpp"

#include "base/text.hpp"
#include "http/fields.hpp"
#include "http/head/addresses.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace server {

namespace {

constexpr std::int64_t highest_port = 65535;
constexpr std::size_t longest_port = 5;

bool is_host(std::string_view name)
{
    if (name.starts_with('['))
        return name.ends_with(']') && http::parse_address(name);
    return !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-_") == std::string_view::npos;
}

/// A browser leaves the scheme's own port out of Origin, and a proxy may write it into Host.
std::string_view without_default_port(std::string_view host, std::string_view scheme)
{
    const std::string_view port = scheme == "https" ? ":443" : ":80";
    return host.ends_with(port) ? host.substr(0, host.size() - port.size()) : host;
}

} // namespace

std::optional<std::string> parse_origin(std::string_view text)
{
    const std::string lower = base::ascii_lower(text);
    const auto scheme_end = std::min(lower.find("://"), lower.size());
    const std::string_view scheme = std::string_view(lower).substr(0, scheme_end);
    if (scheme_end == lower.size() || (scheme != "https" && scheme != "http"))
        return std::nullopt;
    const std::string_view place = std::string_view(lower).substr(scheme_end + 3);
    const auto colon = place.find(':', place.starts_with('[') ? std::min(place.find(']'), place.size()) : 0);
    if (!is_host(place.substr(0, colon)))
        return std::nullopt;
    if (colon != std::string_view::npos) {
        const auto port = place.substr(colon + 1);
        const auto number = base::parse_integer(port).value_or(0);
        if (port.size() > longest_port || number < 1 || number > highest_port)
            return std::nullopt;
    }
    return fmt::format("{}://{}", scheme, without_default_port(place, scheme));
}

// Origin is "null" under some referrer policies, and behind some proxies Host is another name. Where the browser says
// nothing, the token alone decides.
Sender sender_of(const http::Request& request, const std::vector<std::string>& trusted_origins)
{
    const std::string_view site = request.header("sec-fetch-site");
    if (!site.empty())
        return site == "same-origin" ? Sender::ThisSite : site == "none" ? Sender::Unsaid : Sender::AnotherSite;
    if (request.header("origin").empty())
        return Sender::Unsaid;
    const auto origin = parse_origin(request.header("origin"));
    if (!origin)
        return Sender::AnotherSite;
    // Not the scheme of the request: a proxy may not tell it.
    const std::string_view scheme = std::string_view(*origin).substr(0, origin->find(':'));
    const bool is_ours = origin == parse_origin(fmt::format("{}://{}", scheme, request.header("host"))) ||
                         std::ranges::find(trusted_origins, *origin) != trusted_origins.end();
    return is_ours ? Sender::ThisSite : Sender::AnotherSite;
}

std::string shown_sender(const http::Request& request)
{
    return fmt::format("Origin \"{}\", Sec-Fetch-Site \"{}\", Host \"{}\"", http::shown_value(request.header("origin")),
        http::shown_value(request.header("sec-fetch-site")), http::shown_value(request.header("host")));
}

} // namespace server
