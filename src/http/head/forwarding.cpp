#include "http/head/forwarding.hpp"

#include "base/text.hpp"
#include "http/fields.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace http {

namespace {

constexpr std::size_t longest_port = 5;
constexpr std::int64_t highest_port = 65535;

/// Whatever a proxy adds for the visitor behind it. Only the first two are read.
constexpr std::array<std::string_view, 5> forwarding_fields = {
    "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "forwarded", "x-real-ip"};

bool is_forwarded(const Request& request)
{
    return std::ranges::any_of(request.headers,
        [](const auto& field) { return std::ranges::find(forwarding_fields, field.first) != forwarding_fields.end(); });
}

bool has_addresses(const Request& request)
{
    return std::ranges::any_of(request.headers, [](const auto& field) { return field.first == "x-forwarded-for"; });
}

bool is_port(std::string_view text)
{
    return text.size() <= longest_port && base::parse_integer(text).value_or(highest_port + 1) <= highest_port;
}

/// Take the last element off the list, without blanks. An empty one is an element, too: the proxy did not know whom to
/// name, and what is in front of it may be the visitor's own claim.
std::string_view take_last(std::string_view& list, bool& is_first_of_list)
{
    const auto comma = list.rfind(',');
    is_first_of_list = comma == std::string_view::npos;
    const auto last = is_first_of_list ? list : list.substr(comma + 1);
    list = list.substr(0, is_first_of_list ? 0 : comma);
    return trim_blanks(last);
}

Forwarding read_addresses(Request& request, const NetworkList& trusted_proxies)
{
    auto rest = request.header("x-forwarded-for");
    std::string named;
    for (bool is_first_of_list = false; !is_first_of_list;) {
        const auto address = parse_forwarded_address(take_last(rest, is_first_of_list));
        if (!address)
            return Forwarding::Unreadable;
        named = address_text(*address);
        if (!trusted_proxies.contains(*address))
            break;
    }
    request.remote_address = std::move(named);
    return Forwarding::Named;
}

} // namespace

std::optional<Address> parse_forwarded_address(std::string_view text)
{
    const auto bracket = text.starts_with('[') ? text.find(']') : std::string_view::npos;
    const auto colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
    // An IPv6 address without brackets has several colons and no port.
    const bool has_port =
        colon != std::string_view::npos && (bracket != std::string_view::npos || text.rfind(':') == colon);
    if (!has_port)
        return parse_address(text);
    const bool is_sound =
        is_port(text.substr(colon + 1)) && (bracket == std::string_view::npos || colon == bracket + 1);
    return is_sound ? parse_address(text.substr(0, colon)) : std::nullopt;
}

void apply_forwarding(Request& request, const Address& peer, const NetworkList& trusted_proxies)
{
    const bool is_passed_on = is_forwarded(request);
    if (!trusted_proxies.contains(peer)) {
        request.forwarding = is_passed_on ? Forwarding::Untrusted : Forwarding::None;
        return;
    }
    auto protocols = request.header("x-forwarded-proto");
    while (!protocols.empty())
        request.secure = equals_ignoring_case(take_element(protocols), "https");
    if (has_addresses(request))
        request.forwarding = read_addresses(request, trusted_proxies);
    else
        request.forwarding = is_passed_on ? Forwarding::Unnamed : Forwarding::ProxyItself;
}

} // namespace http
