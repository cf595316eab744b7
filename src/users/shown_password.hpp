#pragma once
// A temporary password is shown to whoever set it, again after a reload, until it is told. It is stored nowhere: the
// page makes it of a salt, which is stored, and of a secret that only the browser has.

#include "base/act.hpp"
#include "db/connection.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace users {

/// How long it is shown.
inline constexpr std::chrono::minutes shown_for{15};

/// Remember of what the user's temporary password is made, to show it to the act's visitor. Nothing for an empty salt.
void set_shown_password(db::Transaction& tx, const base::Act& act, UserId user, std::string_view salt);
/// The salt of the temporary password that is still to be shown to this visitor.
std::optional<std::string> find_shown_password(db::Connection& db, UserId user, const base::Act& act);
/// Show it no longer to the act's visitor.
void remove_shown_password(db::Transaction& tx, const base::Act& act, UserId user);
/// Remove those that are not shown any more; returns how many.
std::int64_t remove_old_shown_passwords(db::Transaction& tx, base::Time now);

} // namespace users
