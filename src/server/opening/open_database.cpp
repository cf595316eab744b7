#include "server/opening/open.hpp"
#include "server/opening/refold.hpp"
#include "server/opening/site_state.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace server {

namespace {

bool is_empty(db::Database& database)
{
    return db::pending_migrations(database).size() == db::migrations(database.engine()).size();
}

} // namespace

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

std::string place_of_database(const Config& config)
{
    if (!config.database_url.starts_with(sqlite_scheme))
        return db::shown_url(config.database_url);
    return std::filesystem::absolute(config.database_url.substr(sqlite_scheme.size())).lexically_normal().string();
}

bool has_no_file(const Config& config)
{
    if (!config.database_url.starts_with(sqlite_scheme))
        return false;
    std::error_code is_missing;
    const auto size = std::filesystem::file_size(config.database_url.substr(sqlite_scheme.size()), is_missing);
    return is_missing || size == 0;
}

std::optional<std::string> find_loss(const Config& config)
{
    // Nothing is made just for looking.
    if (!config.has_s3() && !std::filesystem::exists(config.attachments_dir()))
        return std::nullopt;
    const auto store = open_store(config);
    if (!store->has_files())
        return std::nullopt;
    return fmt::format("{} is missing or empty, but {} holds attachments. If the database was lost, restore it, or set "
                       "database_url to where it is. To begin a new site, leave these files alone: set data_dir{} to "
                       "another place, or move them away. Nothing was changed",
        db::shown_url(config.database_url), store->place(), config.has_s3() ? " and attachments" : "");
}

std::unique_ptr<db::Database> open_updated_database(const Config& config)
{
    const auto refuse_loss = [&] {
        if (const auto loss = find_loss(config))
            throw Refused(*loss);
    };
    // Before a file is made, so that the next attempt finds all as it was.
    if (has_no_file(config))
        refuse_loss();
    auto database = open_database(config);
    const bool is_new = is_empty(*database);
    if (is_new)
        refuse_loss();
    for (const std::string& name : db::migrate(*database))
        fmt::print("applied {}\n", name);
    // Nothing is derived from a half copy, which may lack any row.
    if (site_state(*database).unfinished == Unfinished::Copy)
        throw Refused(objection_to_serve(*database, nullptr).value());
    if (refold(*database) && !is_new)
        fmt::print("rebuilt the search words\n");
    return database;
}

std::unique_ptr<db::Database> open_existing_database(const Config& config)
{
    if (has_no_file(config))
        throw Refused(find_loss(config).value_or(
            fmt::format("there is no database at {} yet; run: gas-utility migrate", place_of_database(config))));
    try {
        auto database = open_database(config);
        if (is_empty(*database))
            if (const auto loss = find_loss(config))
                throw Refused(*loss);
        require_migrated(*database);
        return database;
    } catch (const DatabaseInUse& in_use) {
        throw DatabaseInUse(
            fmt::format("{}; stop the server first, for example: systemctl stop gas-utility", in_use.what()));
    }
}

void require_migrated(db::Database& database)
{
    const auto pending = db::pending_migrations(database);
    if (!pending.empty())
        throw Refused(fmt::format("the database lacks {}; run: gas-utility migrate", fmt::join(pending, ", ")));
}

} // namespace server
