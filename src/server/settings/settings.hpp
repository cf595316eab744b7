#pragma once

#include "server/settings/config.hpp"

#include <span>
#include <string>
#include <string_view>

namespace server {

/// One setting in all its forms.
struct Setting
{
    /// As in the settings file: "allowed_hosts".
    std::string_view name;
    std::string_view default_text;
    std::string_view help;
    /// Sets it in the configuration. Throws UsageError with the reason, without the setting's name.
    void (*apply)(Config& config, std::string_view text);
    /// Not an option: everybody on the machine reads the command lines of all processes.
    bool is_secret = false;

    /// "--allowed-hosts".
    std::string flag() const;
    /// "GAS_UTILITY_ALLOWED_HOSTS".
    std::string variable() const;
};

/// Every setting there is, in the order of --help and README.
std::span<const Setting> settings();
/// Nothing for an unknown name.
const Setting* find_setting(std::string_view name);

/// "ADDRESS:PORT", "[::1]:8000", "ADDRESS" or "PORT" into address and port. Throws UsageError.
void apply_listen(Config& config, std::string_view text);
/// "127.0.0.1:8000" or "[::1]:8000".
std::string endpoint_text(std::string_view address, std::uint16_t port);

} // namespace server
