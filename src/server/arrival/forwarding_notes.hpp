#pragma once

#include "base/time.hpp"
#include "http/request.hpp"
#include "server/settings/config.hpp"

#include <cstddef>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace server {

/// Somebody outside of trusted_proxies who sent forwarding fields: most likely a proxy that the settings forgot.
struct UndeclaredProxy
{
    std::string address;
    base::Time last;
};

/// Tells the operator when the visitors' IP addresses are not known. Thread-safe.
class ForwardingNotes
{
  public:
    /// How many senders are remembered. When so many were there within an hour, others are not logged.
    static constexpr std::size_t most_remembered = 256;

    explicit ForwardingNotes(const base::Clock& clock) : clock_(clock) {}

    /// Log that a proxy is not declared, or that a declared one names no visitor; once an hour for each.
    void note(const http::Request& request);
    /// Return the undeclared proxies that are remembered; nothing when none was noted since the last call.
    std::optional<std::vector<UndeclaredProxy>> take_undeclared();

  private:
    const base::Clock& clock_;
    std::mutex mutex_;
    /// By subscriber: one has a whole network of IPv6 addresses at hand.
    std::map<std::pair<http::Forwarding, std::string>, UndeclaredProxy> noted_;
    bool has_new_ = false;

    bool remember(http::Forwarding kind, const std::string& address);
};

/// Store what `check` tells, for find_undeclared_proxies().
void save_undeclared_proxies(const std::filesystem::path& file, const std::vector<UndeclaredProxy>& proxies);
/// List those of the last day that the settings do not trust by now. Throws std::system_error when the file cannot be
/// read; a file that does not exist names none.
std::vector<UndeclaredProxy> find_undeclared_proxies(const Config& config, base::Time now);

/// Decide whether to refuse what a trusted proxy sent without saying for whom, and log it. A leak report is never
/// refused for that: it counts as the proxy's.
bool is_unknown_sender_refused(const http::Request& request);

} // namespace server
