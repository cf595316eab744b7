#pragma once

#include "db/connection.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace db {

/// What a check for damage in the stored data covered, in plain words, and what it found.
struct Inspection
{
    /// Empty when nothing was checked.
    std::string looked_at;
    /// Empty when nothing was left out.
    std::string left_out;
    /// The first findings; empty when all is well.
    std::vector<std::string> damage;
};

/// Check the stored data for damage. SQLite: reads the whole file, which takes a second for some hundred megabytes.
/// PostgreSQL: asks for pages whose checksum did not match when they were read; reads none itself. Throws like
/// Statement::step().
Inspection look_for_damage(Connection& db);
/// SQLite: the same table by table, each in a short read transaction, so that the log beside the file can be copied
/// into it meanwhile; ends early when `goes_on` returns false. Pages that belong to no table are not read.
Inspection look_for_damage_by_table(Connection& db, const std::function<bool()>& goes_on);
/// SQLite: rows that refer to a row which is not there, as "service_comment 12: no service_servicerequest", at most
/// `limit`. PostgreSQL refuses such rows itself: nothing.
std::vector<std::string> list_broken_references(Connection& db, std::size_t limit);

} // namespace db
