#include "app/commands.hpp"

#include <fmt/format.h>

namespace app {

int migrate_command(const Config& config)
{
    const auto database = open_updated_database(config);
    fmt::print("{} is up to date ({}).\n", db::shown_url(config.database_url), database->version());
    return exit_ok;
}

} // namespace app
