#include "server/settings/config.hpp"

#include "server/settings/given.hpp"
#include "server/settings/mail_settings.hpp"
#include "server/settings/oidc_settings.hpp"

#include <fmt/format.h>

namespace server {

std::filesystem::path config_file_of(const ConfigSources& sources)
{
    if (!sources.file.empty())
        return sources.file;
    const auto named = sources.environment.find("GAS_UTILITY_CONFIG");
    if (named != sources.environment.end() && !named->second.empty())
        return named->second;
    for (const std::filesystem::path& path : sources.usual_files) {
        // One in a directory that we may not enter counts: starting without its settings would be worse than not at
        // all.
        std::error_code error;
        if (std::filesystem::status(path, error).type() != std::filesystem::file_type::not_found)
            return path;
    }
    return {};
}

Config read_config(const ConfigSources& sources)
{
    Config config;
    for (const GivenSetting& given : given_settings(sources)) {
        try {
            given.setting->apply(config, given.text);
        } catch (const UsageError& error) {
            throw UsageError(fmt::format("{}: {} (from {})", given.setting->name, error.what(), given.source));
        }
    }
    if (config.has_s3() && (config.s3.access_key_id.empty() || config.s3.secret_access_key.empty()))
        throw UsageError("attachments: " + config.s3.url() + " needs s3_access_key_id and s3_secret_access_key");
    require_mail_settings(config);
    require_oidc_settings(config);
    if (config.database_url.empty())
        config.database_url = std::string(sqlite_scheme) + (config.data_dir / "gas-utility.sqlite3").string();
    return config;
}

} // namespace server
