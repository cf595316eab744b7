#include "server/settings/given.hpp"

#include "db/database.hpp"
#include "server/settings/config_file.hpp"
#include "server/settings/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unistd.h>

namespace server {

namespace {

constexpr std::string_view prefix = "GAS_UTILITY_";
/// Variables that are no settings: the file's own name, and the passwords that commands, scripts and tests pass on.
constexpr std::array<std::string_view, 3> other_variables = {
    "GAS_UTILITY_CONFIG", "GAS_UTILITY_SUPERUSER_PASSWORD", "GAS_UTILITY_DEMO_PASSWORD"};

[[noreturn]] void refuse_name(const std::string& what, std::string_view typed, const std::vector<std::string>& known)
{
    const std::string nearest = nearest_name(typed, known);
    throw UsageError(what + (nearest.empty() ? "" : "; did you mean " + nearest + "?"));
}

void add_file(std::vector<GivenSetting>& given, const std::filesystem::path& path)
{
    for (FileSetting& found : read_config_file(path)) {
        std::string source = fmt::format("{}, line {}", path.string(), found.line);
        const Setting* setting = find_setting(found.name);
        if (setting == nullptr) {
            std::vector<std::string> names;
            for (const Setting& known : settings())
                names.emplace_back(known.name);
            refuse_name(fmt::format("\"{}\" is not a setting (from {})", found.name, source), found.name, names);
        }
        given.push_back({setting, std::move(found.text), std::move(source)});
    }
}

void add_environment(std::vector<GivenSetting>& given, const std::map<std::string, std::string>& environment)
{
    std::map<std::string, const Setting*> known;
    for (const Setting& setting : settings())
        known.emplace(setting.variable(), &setting);
    for (const auto& [variable, text] : environment) {
        // An empty one is a way to unset it, whatever its name.
        if (text.empty() || std::ranges::find(other_variables, variable) != other_variables.end())
            continue;
        const auto found = known.find(variable);
        if (found == known.end()) {
            std::vector<std::string> names(other_variables.begin(), other_variables.end());
            for (const auto& [name, setting] : known)
                names.push_back(name);
            refuse_name(fmt::format("the environment variable {} is not a setting", variable), variable, names);
        }
        given.push_back({found->second, text, "the environment variable " + variable});
    }
}

bool may_hold_password(const Setting& setting)
{
    return setting.name == "database_url" || setting.name == "database_listen_url";
}

} // namespace

std::vector<GivenSetting> given_settings(const ConfigSources& sources)
{
    std::vector<GivenSetting> given;
    if (const auto path = config_file_of(sources); !path.empty())
        add_file(given, path);
    add_environment(given, sources.environment);
    for (const auto& [name, text] : sources.flags)
        if (const Setting* setting = find_setting(name); setting != nullptr)
            given.push_back({setting, text, "the option " + setting->flag()});
    return given;
}

std::vector<GivenSetting> settings_in_effect(const ConfigSources& sources)
{
    const Config config = read_config(sources);
    std::vector<GivenSetting> values;
    for (const Setting& setting : settings())
        values.push_back({&setting, std::string(setting.default_text), "default"});
    for (GivenSetting& given : given_settings(sources))
        *std::ranges::find(values, given.setting, &GivenSetting::setting) = std::move(given);
    // These are made of several.
    std::ranges::find(values, find_setting("database_url"), &GivenSetting::setting)->text = config.database_url;
    std::ranges::find(values, find_setting("listen"), &GivenSetting::setting)->text =
        endpoint_text(config.address, config.port);
    return values;
}

std::string shown_value(const GivenSetting& given)
{
    if (given.setting->is_secret)
        return given.source == "default" ? given.text : "set";
    return may_hold_password(*given.setting) ? db::shown_url(given.text) : given.text;
}

std::map<std::string, std::string> environment_settings()
{
    std::map<std::string, std::string> found;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        const std::size_t equals = text.find('=');
        if (text.starts_with(prefix) && equals != std::string_view::npos)
            found.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return found;
}

} // namespace server
