#pragma once

#include "commands/commands.hpp"
#include "commands/demo/player.hpp"

namespace commands::demo {

struct Population
{
    std::int64_t made_up = 0;
    std::int64_t real = 0;
};
/// Users by who made them: an email marks the made-up ones.
Population count_population(db::Database& database);

/// Throws Refused for a database that has a made-up town already, or real users unless forced.
void refuse_unsuitable(db::Database& database, const DemoOptions& options);

/// What stands in the database afterwards.
struct Counts
{
    std::int64_t users = 0;
    std::int64_t accounts = 0;
    std::int64_t service_requests = 0;
    std::int64_t pending = 0;
    std::int64_t comments = 0;
    std::int64_t notifications = 0;
    std::int64_t events = 0;
    std::int64_t attachments = 0;
};
Counts count_rows(db::Database& database);

struct Making
{
    DemoOptions options;
    std::string password_hash;
    base::Time now{};
    const base::Zone& zone;
    Progress progress;
};
/// Fills the database with a town. Throws Refused as above, before anything is written.
void make_town(db::Database& database, storage::Store& store, const Making& making);

/// Gives everybody made up the password; returns how many. For when it has been forgotten.
std::int64_t change_passwords(db::Database& database, std::string_view password_hash, base::Time now);

} // namespace commands::demo
