#include "server/settings/config.hpp"

#include "server/settings/config_file.hpp"
#include "server/settings/settings.hpp"

#include <fmt/format.h>

#include <array>
#include <unistd.h>

namespace server {

namespace {

constexpr std::string_view prefix = "GAS_UTILITY_";
/// Variables that are no settings: the file's own name, and the passwords that commands take.
constexpr std::array<std::string_view, 3> other_variables = {
    "GAS_UTILITY_CONFIG", "GAS_UTILITY_SUPERUSER_PASSWORD", "GAS_UTILITY_DEMO_PASSWORD"};

void apply(Config& config, const Setting& setting, std::string_view text, const std::string& source)
{
    try {
        setting.apply(config, text);
    } catch (const UsageError& error) {
        throw UsageError(fmt::format("{}: {} (from {})", setting.name, error.what(), source));
    }
}

void apply_file(Config& config, const std::filesystem::path& path)
{
    for (const FileSetting& found : read_config_file(path)) {
        const std::string source = fmt::format("{}, line {}", path.string(), found.line);
        const Setting* setting = find_setting(found.name);
        if (setting == nullptr)
            throw UsageError(fmt::format("\"{}\" is not a setting (from {})", found.name, source));
        apply(config, *setting, found.text, source);
    }
}

} // namespace

std::filesystem::path config_file_of(const ConfigSources& sources)
{
    if (!sources.file.empty())
        return sources.file;
    const auto named = sources.environment.find("GAS_UTILITY_CONFIG");
    if (named != sources.environment.end() && !named->second.empty())
        return named->second;
    std::error_code error;
    for (const std::filesystem::path& path : sources.usual_files)
        if (std::filesystem::exists(path, error))
            return path;
    return {};
}

Config read_config(const ConfigSources& sources)
{
    Config config;
    if (const auto path = config_file_of(sources); !path.empty())
        apply_file(config, path);
    for (const Setting& setting : settings()) {
        const auto variable = sources.environment.find(setting.variable());
        if (variable != sources.environment.end() && !variable->second.empty())
            apply(config, setting, variable->second, "the environment variable " + setting.variable());
        const auto flag = sources.flags.find(std::string(setting.name));
        if (flag != sources.flags.end())
            apply(config, setting, flag->second, "the option " + setting.flag());
    }
    if (config.has_s3() && (config.s3.access_key_id.empty() || config.s3.secret_access_key.empty()))
        throw UsageError("attachments: " + config.s3.url() + " needs s3_access_key_id and s3_secret_access_key");
    if (config.database_url.empty())
        config.database_url = std::string(sqlite_scheme) + (config.data_dir / "gas-utility.sqlite3").string();
    return config;
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

std::vector<std::string> unknown_variables(const std::map<std::string, std::string>& environment)
{
    std::vector<std::string> unknown;
    for (const auto& [variable, text] : environment) {
        bool known = false;
        for (const std::string_view other : other_variables)
            known = known || variable == other;
        for (const Setting& setting : settings())
            known = known || variable == setting.variable();
        if (!known)
            unknown.push_back(variable);
    }
    return unknown;
}

} // namespace server
