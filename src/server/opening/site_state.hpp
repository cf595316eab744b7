#pragma once

#include "attachments/site_store.hpp"
#include "db/database.hpp"
#include "storage/store.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace server {

/// What fills a database that is no whole site yet, or must not become one.
enum class Unfinished : std::uint8_t
{
    Nothing,
    Copy,
    Import,
    Rehearsal
};

struct SiteState
{
    /// db::Database::home() when it was first served or adopted; empty before.
    std::string home;
    Unfinished unfinished = Unfinished::Nothing;
};

SiteState site_state(db::Database& database);
/// Set in the target before its first row, and to Nothing by the command that completes.
void set_unfinished(db::Transaction& tx, Unfinished unfinished);
/// Says in `to` that all of `from` is there. What was copied from the site's own database becomes the site where it is
/// served next; what was copied from a copy, or from what a rehearsal wrote into, is no more the site than that was.
void complete_copy(db::Database& from, db::Database& to);

/// Why this database must not be served as the site, and what to do, in plain words; nothing when it may. A copy is
/// known by where it is, or by attachments that were restored or used by a newer state of it; without a store only by
/// the first.
std::optional<std::string> objection_to_serve(db::Database& database, const storage::Store* store);
/// Makes sure that this is the site's database and the store is its, and remembers where the database is. Throws
/// Refused as objection_to_serve() and claim_store() do.
void claim_site(db::Database& database, storage::Store& store);
/// Says that this is the site's database from now on, wherever it came from, and that the store is its.
void adopt(db::Database& database, storage::Store& store, base::Time now);
/// Makes sure that a rehearsal cannot harm a site, and marks the database so that it is not served later. Throws
/// Refused for the site's own database and for an unfinished one.
void begin_rehearsal(db::Database& database, const storage::Store& store);

} // namespace server
