#pragma once

#include "base/act.hpp"
#include "db/connection.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace actions {

/// One of the act's visitor's own sessions, as its page names it (sign_in::session_name()).
struct NamedSession
{
    /// The site's.
    std::string_view key;
    std::string_view name;
};
/// End it. Returns its hash, so that its open pages can be told at once; nothing when the visitor has no such session
/// any more: it ended before. Throws NotFound for what is no session's name.
std::optional<std::string> end_own_session(db::Transaction& tx, const base::Act& act, const NamedSession& session);
/// End all sessions of the act's visitor but one. Returns the hashes of those that were open.
std::vector<std::string> end_other_sessions(db::Transaction& tx, const base::Act& act, std::string_view kept_session);

} // namespace actions
