#include "events/sign_in_history.hpp"

#include "events/event_row.hpp"

#include <array>
#include <limits>

namespace events {

namespace {

constexpr std::array kinds = {Kind::SignedIn, Kind::SessionsEnded, Kind::PasswordChanged, Kind::PasswordReset,
    Kind::WrongPasswords, Kind::WrongCodes, Kind::FactorOn, Kind::FactorOff, Kind::FactorReset, Kind::RecoveryCodes,
    Kind::RecoveryCodeUsed, Kind::Unlocked};

} // namespace

std::vector<Event> list_sign_in_events(db::Connection& db, const SignInQuery& query)
{
    db::SqlBuilder sql(R"(
        SELECT e.id, e.subject, e.subject_id, e.actor_id, e.kind, e.visibility, e.before_value, e.after_value,
               e.comment_id, e.created_at, u.first_name, u.last_name, u.username, u.role
          FROM service_event e LEFT JOIN auth_user u ON u.id = e.actor_id
         WHERE e.subject = 'user' AND e.subject_id = )");
    sql.bind(query.user);
    sql.add(" AND e.id < ").bind(query.before ? query.before.value : std::numeric_limits<std::int64_t>::max());
    sql.add(" AND e.created_at >= ").bind(query.since);
    sql.add(" AND (e.kind IN (");
    for (const Kind kind : kinds)
        sql.add(kind == kinds.front() ? db::Sql("") : db::Sql(", ")).bind(kind_name(kind));
    sql.add(") OR (e.kind = ").bind(kind_name(Kind::Changed));
    sql.add(" AND e.after_value LIKE '%email%')) ORDER BY e.id DESC LIMIT ").bind(query.limit);
    return db::map_rows(db.query(sql), event_from_row);
}

} // namespace events
