#include "commands/admin/administer.hpp"
#include "commands/commands.hpp"

#include "server/opening/site_state.hpp"
#include "server/serve.hpp"

#include <cstdio>
#include <sys/resource.h>

namespace commands {

namespace {

/// Most systems begin with 1,024, which is fewer than the connections the server takes.
void allow_many_descriptors()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace

int runserver_command(Config config, const ConfigSources& sources, const RunServerOptions& options)
{
    server::hold_reload_signal();
    config.is_rehearsal = options.is_rehearsal;
    // Closed again before serving: one process, one writer, and serve() opens its own.
    auto database = open_updated_database(config);
    // Once more when it is served, with the attachments; here before anything is built on what may be missing.
    const auto objection = config.is_rehearsal ? std::nullopt : server::objection_to_serve(*database, nullptr);
    if (objection)
        throw Refused(*objection);
    database.reset();
    std::fflush(stdout);
    allow_many_descriptors();
    server::SettingsReload settings(sources);
    const auto settings_now = server::settings_in_effect(sources);
    return serve(
        config, settings, [&](server::House& house, const server::AdminWords& words, const server::GoesOn& goes_on) {
            return administer_running({.house = house, .settings = settings_now}, words, goes_on);
        });
}

} // namespace commands
