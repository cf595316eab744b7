#include "sign_in/session_list.hpp"

#include "base/crypto.hpp"

#include <fmt/format.h>

namespace sign_in {

namespace {

ListedSession listed_from_row(const db::Row& row)
{
    return {.token_hash = row.string(0),
        .username = row.string(1),
        .user_agent = row.string(2),
        .is_public = row.boolean(3),
        .created_at = row.time(4),
        .last_seen_at = row.time(5),
        .address = row.string(6)};
}

} // namespace

std::vector<ListedSession> list_sessions(db::Connection& db, const SessionQuery& query)
{
    const base::Time now = query.now;
    db::SqlBuilder sql(R"(
        SELECT s.token_hash, u.username, s.user_agent, s.is_public, s.created_at, s.last_seen_at, s.address
          FROM auth_session s JOIN auth_user u ON u.id = s.user_id
         WHERE u.is_active = 1 AND s.last_seen_at > )");
    sql.bind(base::Time(now - query.rules.idle));
    sql.add(" AND s.created_at > ").bind(base::Time(now - query.rules.absolute));
    sql.add(" AND (s.is_public = 0 OR s.last_seen_at > ").bind(base::Time(now - query.rules.public_idle)).add(")");
    if (query.user)
        sql.add(" AND s.user_id = ").bind(query.user);
    sql.add(" ORDER BY s.created_at DESC, s.token_hash LIMIT ").bind(query.limit);
    return db::map_rows(db.query(sql), listed_from_row);
}

std::vector<ListedSession> list_sessions_of(db::Connection& db, UserId user)
{
    return db::map_rows(db.query(R"(
        SELECT s.token_hash, u.username, s.user_agent, s.is_public, s.created_at, s.last_seen_at, s.address
          FROM auth_session s JOIN auth_user u ON u.id = s.user_id
         WHERE s.user_id = $1 ORDER BY s.created_at DESC, s.token_hash)",
                            user),
        listed_from_row);
}

std::string session_name(std::string_view key, std::string_view token_hash)
{
    constexpr std::size_t bytes = 15;
    const base::Sha256 code = base::hmac_sha256(key, fmt::format("session {}", token_hash));
    return base::base64url(std::string_view(reinterpret_cast<const char*>(code.data()), bytes));
}

bool may_be_session_name(std::string_view name)
{
    constexpr std::size_t letters = 20;
    return name.size() == letters;
}

std::vector<std::string> find_session_hashes(db::Connection& db, std::string_view beginning)
{
    // Behind every letter of a hash.
    const std::string end = std::string(beginning) + "~";
    return db::map_rows(
        db.query(
            "SELECT token_hash FROM auth_session WHERE token_hash >= $1 AND token_hash < $2 LIMIT 2", beginning, end),
        [](const db::Row& row) { return row.string(0); });
}

} // namespace sign_in
