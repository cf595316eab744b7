#include "users/shown_password.hpp"

namespace users {

void set_shown_password(db::Transaction& tx, const base::Act& act, UserId user, std::string_view salt)
{
    if (salt.empty())
        return;
    tx.apply("INSERT INTO service_shown_password (user_id, shown_to, salt, created_at) VALUES ($1, $2, $3, $4)", user,
        act.visitor.user_id, salt, act.at);
}

std::optional<std::string> find_shown_password(db::Connection& db, UserId user, const base::Act& act)
{
    return db
        .query(R"(
        SELECT salt FROM service_shown_password
         WHERE user_id = $1 AND shown_to = $2 AND created_at > $3 AND created_at <= $4)",
            user, act.visitor.user_id, base::Time(act.at - shown_for), base::Time(act.at + shown_for))
        .first([](const db::Row& row) { return row.string(0); });
}

void remove_shown_password(db::Transaction& tx, const base::Act& act, UserId user)
{
    tx.apply("DELETE FROM service_shown_password WHERE user_id = $1 AND shown_to = $2", user, act.visitor.user_id);
}

std::int64_t remove_old_shown_passwords(db::Transaction& tx, base::Time now)
{
    return tx.execute("DELETE FROM service_shown_password WHERE created_at <= $1", base::Time(now - shown_for));
}

} // namespace users
