#include "server/arrival/forwarding_notes.hpp"

#include "base/file.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "http/fields.hpp"
#include "http/head/addresses.hpp"
#include "pages/shared/urls.hpp"

#include <fmt/format.h>

#include <string_view>

namespace server {

namespace {

constexpr auto note_interval = std::chrono::hours(1);
constexpr auto longest_told = std::chrono::hours(24);
constexpr std::size_t longest_file = std::size_t{64} * 1024;

bool is_probe(const http::Request& request)
{
    return request.path == urls::health() || request.path == urls::readiness() || request.path == urls::metrics();
}

/// "10.0.0.1 1764316800000"
std::optional<UndeclaredProxy> proxy_in(std::string_view line)
{
    const auto blank = std::min(line.find(' '), line.size());
    const std::string_view address = line.substr(0, blank);
    const auto millis = base::parse_integer(line.substr(std::min(blank + 1, line.size())));
    if (!millis || !http::parse_address(address))
        return std::nullopt;
    return UndeclaredProxy{std::string(address), base::from_millis(*millis)};
}

} // namespace

bool is_unknown_sender_refused(const http::Request& request)
{
    if (request.forwarding != http::Forwarding::Unreadable)
        return false;
    const bool is_leak = (request.path + "/").starts_with(urls::emergency());
    base::log::warning(fmt::format("{}: X-Forwarded-For \"{}\" of the trusted proxy {} is no IP address{}",
        is_leak ? urls::emergency() : http::shown_value(request.path),
        http::shown_value(request.header("x-forwarded-for")), request.remote_address,
        is_leak ? "; the proxy counts as the sender" : ": refused"));
    return !is_leak;
}

void ForwardingNotes::note(const http::Request& request)
{
    using enum http::Forwarding;
    const bool is_silent = request.forwarding == Unnamed || (request.forwarding == ProxyItself && !is_probe(request));
    if (!is_silent && request.forwarding != Untrusted)
        return;
    const std::string& sender = request.remote_address;
    if (!remember(is_silent ? Unnamed : Untrusted, sender))
        return;
    if (is_silent)
        base::log::warning(fmt::format(
            "the trusted proxy {} sends no X-Forwarded-For: all visitors behind it have its IP address", sender));
    else
        base::log::warning(fmt::format("X-Forwarded-For or a field like it came from {}, which is not in "
                                       "trusted_proxies, so it does not count; if that is your proxy, add it: until "
                                       "then all visitors behind it have its IP address",
            sender));
}

bool ForwardingNotes::remember(http::Forwarding kind, const std::string& address)
{
    const base::Time now = clock_.now();
    const auto is_old = [&](const auto& entry) { return now - entry.second.last >= note_interval; };
    std::pair key(kind, http::subscriber_of(address));
    const std::lock_guard lock(mutex_);
    const auto found = noted_.find(key);
    if (found != noted_.end() && !is_old(*found))
        return false;
    if (found == noted_.end() && noted_.size() >= most_remembered && std::erase_if(noted_, is_old) == 0)
        return false;
    noted_.insert_or_assign(std::move(key), UndeclaredProxy{address, now});
    has_new_ = has_new_ || kind == http::Forwarding::Untrusted;
    return true;
}

std::optional<std::vector<UndeclaredProxy>> ForwardingNotes::take_undeclared()
{
    const std::lock_guard lock(mutex_);
    if (!std::exchange(has_new_, false))
        return std::nullopt;
    std::vector<UndeclaredProxy> proxies;
    for (const auto& [key, proxy] : noted_) {
        if (key.first == http::Forwarding::Untrusted)
            proxies.push_back(proxy);
    }
    return proxies;
}

void save_undeclared_proxies(const std::filesystem::path& file, const std::vector<UndeclaredProxy>& proxies)
{
    std::string lines;
    for (const UndeclaredProxy& proxy : proxies)
        lines += fmt::format("{} {}\n", proxy.address, base::to_millis(proxy.last));
    base::write_file_durably(file, lines);
}

std::vector<UndeclaredProxy> find_undeclared_proxies(const Config& config, base::Time now)
{
    std::vector<UndeclaredProxy> proxies;
    if (!std::filesystem::exists(config.undeclared_proxies_file()))
        return proxies;
    const http::NetworkList trusted(config.trusted_proxies);
    const std::string text = base::read_file(config.undeclared_proxies_file(), longest_file);
    for (std::string_view rest = text; !rest.empty();) {
        const auto end = std::min(rest.find('\n'), rest.size());
        auto proxy = proxy_in(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (!proxy || now - proxy->last > longest_told)
            continue;
        if (!trusted.contains(http::parse_address(proxy->address).value()))
            proxies.push_back(std::move(*proxy));
    }
    return proxies;
}

} // namespace server
