#include "server/settings/reload.hpp"

#include "base/log.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

namespace server {

namespace {

constexpr std::string_view reloaded_setting = "log_level";

} // namespace

SettingsReload::SettingsReload(ConfigSources sources)
    : sources_(std::move(sources)), running_(settings_in_effect(sources_))
{}

std::string SettingsReload::reload()
{
    const Config config = read_config(sources_);
    const std::vector<GivenSetting> found = settings_in_effect(sources_);
    base::log::set_level(config.log_level);
    std::vector<std::string_view> waiting;
    std::string level;
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (found[i].setting->name == reloaded_setting)
            level = found[i].text;
        else if (found[i].text != running_[i].text)
            waiting.push_back(found[i].setting->name);
    }
    const std::string rest =
        waiting.empty() ? "no other setting changed" : fmt::format("restart for: {}", fmt::join(waiting, ", "));
    return fmt::format("settings read again: {} is {}; {}", reloaded_setting, level, rest);
}

} // namespace server
