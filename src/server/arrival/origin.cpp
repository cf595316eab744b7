#include "server/arrival/origin.hpp"

#include "base/text.hpp"

#include <string>
#include <string_view>

namespace server {

namespace {

/// "localhost" for "localhost:443" with https, "localhost:80" with http: a browser leaves the port out of Origin, and a
/// proxy may write it into Host.
std::string_view without_default_port(std::string_view host, std::string_view scheme)
{
    const std::string_view port = scheme == "https" ? ":443" : ":80";
    return host.ends_with(port) ? host.substr(0, host.size() - port.size()) : host;
}

} // namespace

// Origin is "null" under some referrer policies, and behind some proxies Host is another name. Where the browser says
// nothing, the token alone decides.
Sender sender_of(const http::Request& request)
{
    const std::string_view site = request.header("sec-fetch-site");
    if (!site.empty())
        return site == "same-origin" ? Sender::ThisSite : site == "none" ? Sender::Unsaid : Sender::AnotherSite;
    const std::string_view origin = request.header("origin");
    if (origin.empty())
        return Sender::Unsaid;
    const auto scheme_end = origin.find("://");
    if (scheme_end == std::string_view::npos)
        return Sender::AnotherSite;
    const std::string_view scheme = origin.substr(0, scheme_end);
    const bool is_same = without_default_port(base::ascii_lower(origin.substr(scheme_end + 3)), scheme) ==
                         without_default_port(base::ascii_lower(request.header("host")), scheme);
    return is_same ? Sender::ThisSite : Sender::AnotherSite;
}

} // namespace server
