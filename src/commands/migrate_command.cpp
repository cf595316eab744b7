#include "commands/commands.hpp"

#include <fmt/format.h>

namespace commands {

int migrate_command(const Config& config)
{
    const auto database = open_updated_database(config);
    fmt::print("{} is up to date ({}).\n", db::shown_url(config.database_url), database->version());
    return exit_ok;
}

} // namespace commands
