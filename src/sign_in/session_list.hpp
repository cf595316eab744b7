#pragma once

#include "sign_in/session.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sign_in {

/// An open session as an operator sees it.
struct ListedSession
{
    std::string token_hash;
    std::string username;
    std::string user_agent;
    bool is_public = false;
    base::Time created_at{};
    base::Time last_seen_at{};
    /// From where it was begun; empty when not known.
    std::string address = {};
};
struct SessionQuery
{
    /// Zero for all users.
    UserId user = {};
    base::Time now{};
    SessionRules rules = {};
    std::size_t limit = 1000;
};
/// What find_session() would find, the newest first.
std::vector<ListedSession> list_sessions(db::Connection& db, const SessionQuery& query);
/// All of one user, also those that have expired and are still to be removed, the newest first.
std::vector<ListedSession> list_sessions_of(db::Connection& db, UserId user);
/// What names a session on its user's pages: made of its hash with the site's key, so that no page holds what the
/// database or the cookie has.
std::string session_name(std::string_view key, std::string_view token_hash);
/// False for what no session was ever called.
bool may_be_session_name(std::string_view name);
/// Hashes of open sessions that begin so, at most two.
std::vector<std::string> find_session_hashes(db::Connection& db, std::string_view beginning);

} // namespace sign_in
