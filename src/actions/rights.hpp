#pragma once

#include "base/act.hpp"
#include "db/connection.hpp"

namespace actions {

/// Throw Forbidden unless the act's visitor has at least this role in the database now, or the program acts.
void require_role(db::Connection& db, const base::Act& act, base::Role least);

} // namespace actions
