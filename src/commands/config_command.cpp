#include "commands/admin/running_settings.hpp"
#include "commands/commands.hpp"

#include "server/settings/given.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace commands {

int config_show_command(const ConfigSources& sources)
{
    const auto values = server::settings_in_effect(sources);
    std::size_t name_width = 0;
    std::size_t value_width = 0;
    constexpr std::size_t widest = 40;
    for (const server::GivenSetting& given : values) {
        name_width = std::max(name_width, given.setting->name.size());
        value_width = std::max(value_width, std::min(widest, shown_value(given).size()));
    }
    for (const server::GivenSetting& given : values)
        fmt::print(
            "{:<{}}  {:<{}}  {}\n", given.setting->name, name_width, shown_value(given), value_width, given.source);
    const auto others = ask_for_other_settings(server::read_config(sources), sources);
    if (others && !others->empty())
        fmt::print("\nThe running server has other values:\n");
    for (const OtherSetting& other : others.value_or(std::vector<OtherSetting>()))
        fmt::print("  {:<{}}  {}  {}\n", other.name, name_width, other.value, other.source);
    return exit_ok;
}

} // namespace commands
