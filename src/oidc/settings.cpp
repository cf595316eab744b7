#include "oidc/settings.hpp"

#include <algorithm>

namespace oidc {

namespace {

constexpr std::string_view https = "https://";
constexpr std::string_view http = "http://";

/// "login.example:8443" of "https://login.example:8443/realms"; empty for another scheme.
std::string_view authority_of(std::string_view url)
{
    for (const std::string_view scheme : {https, http}) {
        if (!url.starts_with(scheme))
            continue;
        url.remove_prefix(scheme.size());
        return url.substr(0, url.find_first_of("/?#"));
    }
    return {};
}

std::string_view host_of(std::string_view url)
{
    const std::string_view authority = authority_of(url);
    if (authority.starts_with('['))
        return authority.substr(0, authority.find(']') + 1);
    return authority.substr(0, authority.find(':'));
}

} // namespace

bool is_loopback_url(std::string_view url)
{
    const std::string_view host = host_of(url);
    const bool is_v4 = host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos;
    return host == "localhost" || host == "[::1]" || is_v4;
}

bool is_safe_url(std::string_view url)
{
    const bool is_plain = std::ranges::all_of(url, [](char c) { return c > ' ' && c <= '~' && c != '#' && c != '\\'; });
    const std::string_view authority = authority_of(url);
    if (!is_plain || host_of(url).empty() || authority.find('@') != std::string_view::npos)
        return false;
    return url.starts_with(https) || is_loopback_url(url);
}

std::optional<base::Role> role_of_groups(std::span<const GroupRole> roles, std::span<const std::string> groups)
{
    std::optional<base::Role> highest;
    for (const GroupRole& one : roles) {
        if (std::ranges::find(groups, one.group) != groups.end() && (!highest || *highest < one.role))
            highest = one.role;
    }
    return highest;
}

} // namespace oidc
