#include "sign_in/session.hpp"

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "sign_in/device.hpp"

#include <algorithm>

namespace sign_in {

namespace {

/// Of a User-Agent; the rest is not looked at.
constexpr std::size_t most_read = 1000;

std::string_view kept_user_agent(std::string_view user_agent)
{
    return base::is_valid_utf8(user_agent) ? base::first_code_points(user_agent, 200) : std::string_view();
}

Session session_from_row(const db::Row& row)
{
    return {.visitor = {.user_id = row.id<UserId>(0),
                .role = base::parse_role(row.text(1)).value(),
                .username = row.string(2),
                .full_name = base::full_name(row.text(3), row.text(4), row.text(2))},
        .must_change_password = row.boolean(5),
        .is_public = row.boolean(8),
        .language = row.string(9),
        .created_at = row.time(6),
        .last_seen_at = row.time(7),
        .has_second_factor = row.boolean(11),
        .proved_at = row.time(10)};
}

} // namespace

std::string session_hash(std::string_view token)
{
    return base::hex(base::sha256(token));
}

std::string add_session(db::Transaction& tx, UserId user, const Browser& browser, base::Time now)
{
    std::string token = base::random_token(32);
    const Device device = device_of(browser.user_agent.substr(0, most_read));
    if (tx.execute("UPDATE auth_user SET last_login = $2, last_browser = $3, last_system = $4 WHERE id = $1", user, now,
            device.browser, device.system) != 1)
        throw base::NotFound("no such user");
    tx.apply(R"(
        INSERT INTO auth_session (token_hash, user_id, created_at, last_seen_at, user_agent, is_public, proved_at, address,
                                  provider_factor)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))",
        session_hash(token), user, now, now, kept_user_agent(browser.user_agent), browser.is_public,
        browser.proved_at.value_or(now), browser.address, browser.has_provider_factor);
    return token;
}

std::optional<Session> find_session(
    db::Connection& db, std::string_view token_hash, base::Time now, const SessionRules& rules)
{
    auto session = db.query(R"(
        SELECT u.id, u.role, u.username, u.first_name, u.last_name, u.must_change_password, s.created_at, s.last_seen_at,
               s.is_public, u.language, s.proved_at, CASE WHEN f.user_id IS NULL THEN s.provider_factor ELSE 1 END
          FROM auth_session s JOIN auth_user u ON u.id = s.user_id LEFT JOIN sign_in_factor f ON f.user_id = u.id
         WHERE s.token_hash = $1 AND u.is_active = 1)",
                         token_hash)
                       .first(session_from_row);
    if (!session)
        return std::nullopt;
    const auto idle = session->is_public ? std::min(rules.public_idle, rules.idle) : rules.idle;
    if (now - session->last_seen_at >= idle || now - session->created_at >= rules.absolute)
        return std::nullopt;
    return session;
}

std::map<std::string, base::Role, std::less<>> find_open_sessions(
    db::Connection& db, std::span<const std::string> token_hashes, base::Time now, const SessionRules& rules)
{
    // Always the same number of parameters: one prepared statement.
    constexpr std::size_t asked_at_once = 64;
    std::map<std::string, base::Role, std::less<>> open;
    for (std::size_t first = 0; first < token_hashes.size(); first += asked_at_once) {
        db::SqlBuilder sql(R"(
            SELECT s.token_hash, u.role FROM auth_session s JOIN auth_user u ON u.id = s.user_id
             WHERE u.is_active = 1 AND s.last_seen_at > )");
        sql.bind(base::Time(now - rules.idle)).add(" AND s.created_at > ").bind(base::Time(now - rules.absolute));
        sql.add(" AND (s.is_public = 0 OR s.last_seen_at > ").bind(base::Time(now - rules.public_idle)).add(")");
        sql.add(" AND s.token_hash IN (");
        for (std::size_t i = first; i < first + asked_at_once; ++i)
            sql.add(i == first ? db::Sql("") : db::Sql(", "))
                .bind(i < token_hashes.size() ? std::string_view(token_hashes[i]) : std::string_view());
        sql.add(")");
        for (const db::Row row : db.query(sql))
            open.emplace(row.string(0), base::parse_role(row.text(1)).value());
    }
    return open;
}

void touch_session(db::Transaction& tx, std::string_view token_hash, base::Time now)
{
    tx.apply("UPDATE auth_session SET last_seen_at = $2 WHERE token_hash = $1", token_hash, now);
}

bool mark_proved(db::Transaction& tx, std::string_view token_hash, base::Time now)
{
    return tx.execute("UPDATE auth_session SET proved_at = $2 WHERE token_hash = $1", token_hash, now) == 1;
}

void remove_session(db::Transaction& tx, std::string_view token_hash)
{
    tx.apply("DELETE FROM auth_session WHERE token_hash = $1", token_hash);
}

bool is_signed_in_elsewhere(db::Connection& db, UserId user, std::string_view token_hash, base::Time since)
{
    return db.query("SELECT COUNT(*) FROM auth_session WHERE user_id = $1 AND token_hash <> $2 AND last_seen_at >= $3",
                 user, token_hash, since)
               .integer() > 0;
}

void remove_sessions(db::Transaction& tx, UserId user, std::string_view keep_token_hash)
{
    tx.apply("DELETE FROM auth_session WHERE user_id = $1 AND token_hash <> $2", user, keep_token_hash);
}

std::int64_t remove_expired_sessions(db::Transaction& tx, base::Time now, const SessionRules& rules)
{
    return tx.execute(R"(
        DELETE FROM auth_session
         WHERE last_seen_at <= $1 OR created_at <= $2 OR (is_public = 1 AND last_seen_at <= $3))",
        base::Time(now - rules.idle), base::Time(now - rules.absolute), base::Time(now - rules.public_idle));
}

} // namespace sign_in
