#include "commands/admin/running_settings.hpp"

#include "base/text.hpp"
#include "commands/admin/administer.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <sstream>
#include <system_error>

namespace commands {

namespace {

/// Its own paths name the database when it answers, and SIGHUP changes the level.
bool is_compared(std::string_view name)
{
    return name != "database_url" && name != "log_level";
}

/// From wherever the two were started.
std::string comparable(const server::GivenSetting& given)
{
    if (given.setting->name == "data_dir")
        return std::filesystem::weakly_canonical(std::filesystem::absolute(given.text)).string();
    return base::clean_line(server::shown_value(given));
}

} // namespace

std::string tell_settings(const std::vector<server::GivenSetting>& settings)
{
    std::string text;
    for (const server::GivenSetting& given : settings) {
        if (is_compared(given.setting->name))
            text += fmt::format("{}\t{}\t{}\n", given.setting->name, comparable(given), given.source);
    }
    return text;
}

std::optional<std::vector<OtherSetting>> ask_for_other_settings(
    const server::Config& config, const server::ConfigSources& sources)
{
    std::optional<server::AdminAnswer> answer;
    try {
        answer = ask_server(config, {"config"});
    } catch (const std::system_error&) {
        return std::nullopt;
    }
    if (!answer || answer->exit_code != exit_ok)
        return std::nullopt;
    std::map<std::string, std::string> here;
    for (const server::GivenSetting& given : server::settings_in_effect(sources))
        here.emplace(given.setting->name, comparable(given));
    std::vector<OtherSetting> others;
    std::istringstream lines(answer->output);
    for (OtherSetting there; std::getline(lines, there.name, '\t') && std::getline(lines, there.value, '\t') &&
                             std::getline(lines, there.source);) {
        const auto own = here.find(there.name);
        there.here = own == here.end() ? std::string() : own->second;
        if (own != here.end() && there.here != there.value)
            others.push_back(there);
    }
    return others;
}

} // namespace commands
