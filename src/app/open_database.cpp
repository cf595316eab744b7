#include "app/commands.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace app {

std::unique_ptr<db::Database> open_database(const Config& config)
{
    try {
        std::filesystem::create_directories(config.data_dir);
        return db::Database::open({.url = config.database_url,
            .readers = config.readers,
            .connections = config.database_connections,
            .prepared = config.database_prepared,
            .listen_url = config.database_listen_url});
    } catch (const std::filesystem::filesystem_error& error) {
        throw Refused(
            fmt::format("the data directory {} cannot be made: {}", config.data_dir.string(), error.code().message()));
    } catch (const db::InUse& error) {
        throw DatabaseInUse(error.what());
    } catch (const db::Error& error) {
        throw Refused(fmt::format("{} cannot be opened: {}", db::shown_url(config.database_url), error.what()));
    }
}

void require_migrated(db::Database& database)
{
    const auto pending = db::pending_migrations(database);
    if (!pending.empty())
        throw Refused(fmt::format("the database lacks {}; run: gas-utility migrate", fmt::join(pending, ", ")));
}

} // namespace app
