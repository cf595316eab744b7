#pragma once
// A command and the running server may see different settings: the server was started with options and variables of its
// own, as script/server does, or the settings file has changed since.

#include "server/settings/config.hpp"
#include "server/settings/given.hpp"

#include <optional>
#include <string>
#include <vector>

namespace commands {

/// A setting whose value in the running server is another one than here, both as people may see them.
struct OtherSetting
{
    std::string name;
    std::string value;
    /// Where the server has it from.
    std::string source;
    std::string here;
};

/// The server's answer to "config".
std::string tell_settings(const std::vector<server::GivenSetting>& settings);
/// Compare the settings of the sources with those of the server that runs on this SQLite database; nothing when no
/// server can be asked.
std::optional<std::vector<OtherSetting>> ask_for_other_settings(
    const server::Config& config, const server::ConfigSources& sources);

} // namespace commands
