#include "sign_in/session_list.hpp"

namespace sign_in {

std::vector<ListedSession> list_sessions(db::Connection& db, const SessionQuery& query)
{
    const base::Time now = query.now;
    db::SqlBuilder sql(R"(
        SELECT s.token_hash, u.username, s.user_agent, s.is_public, s.created_at, s.last_seen_at
          FROM auth_session s JOIN auth_user u ON u.id = s.user_id
         WHERE u.is_active = 1 AND s.last_seen_at > )");
    sql.bind(base::Time(now - query.rules.idle));
    sql.add(" AND s.created_at > ").bind(base::Time(now - query.rules.absolute));
    sql.add(" AND (s.is_public = 0 OR s.last_seen_at > ").bind(base::Time(now - query.rules.public_idle)).add(")");
    if (query.user)
        sql.add(" AND s.user_id = ").bind(query.user);
    sql.add(" ORDER BY s.created_at DESC, s.token_hash LIMIT ").bind(query.limit);
    std::vector<ListedSession> sessions;
    for (const db::Row row : db.query(sql))
        sessions.push_back({.token_hash = row.string(0),
            .username = row.string(1),
            .user_agent = row.string(2),
            .is_public = row.boolean(3),
            .created_at = row.time(4),
            .last_seen_at = row.time(5)});
    return sessions;
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
