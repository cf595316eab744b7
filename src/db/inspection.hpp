#pragma once

#include "db/connection.hpp"

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

} // namespace db
