#pragma once

#include "server/settings/config.hpp"
#include "server/settings/settings.hpp"

#include <string>
#include <vector>

namespace server {

/// A value for a setting and where it came from.
struct GivenSetting
{
    const Setting* setting = nullptr;
    /// As it was written. May be a secret or hold a password: print shown_value() of it.
    std::string text;
    /// "default", "gas-utility.toml, line 3", "the environment variable GAS_UTILITY_READERS" or "the option --readers".
    std::string source;
};

/// The values of all sources, the weakest source first. Throws UsageError for a settings file that cannot be read and
/// for names that are no settings, with the nearest name.
std::vector<GivenSetting> given_settings(const ConfigSources& sources);
/// The value in effect of every setting, in the order of settings(). Throws UsageError.
std::vector<GivenSetting> settings_in_effect(const ConfigSources& sources);
/// The value for people: "set" for a secret, and a database URL without its password.
std::string shown_value(const GivenSetting& given);

} // namespace server
