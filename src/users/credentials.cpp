#include "users/credentials.hpp"

#include "base/error.hpp"
#include "users/user_row.hpp"

namespace users {

std::optional<Credentials> find_credentials(db::Connection& db, std::string_view username)
{
    auto found = meant_by(username,
        map_rows(db.query(R"(
        SELECT id, username, first_name, last_name, email, phone, role, is_active, must_change_password, date_joined,
               last_login, version, last_browser, last_system, failed_sign_ins, failed_since, password, temporary_until
          FROM auth_user WHERE (username_key = $3 AND username_key <> '') OR username IN ($1, $2)
         ORDER BY CASE WHEN username = $1 THEN 0 WHEN username = $2 THEN 1 ELSE 2 END LIMIT 2)",
                     username, normal_username(username), username_key(username)),
            [](const db::Row& row) {
                Credentials credentials{.user = user_from_row(row), .password_hash = row.string(16)};
                if (row.integer(17) != 0)
                    credentials.temporary_until = row.time(17);
                return credentials;
            }),
        [](const Credentials& credentials) -> const User& { return credentials.user; });
    if (found && !found->user.is_active)
        return std::nullopt;
    return found;
}

std::string password_hash_of(db::Connection& db, UserId id)
{
    auto hash = db.query("SELECT password FROM auth_user WHERE id = $1", id).first([](const db::Row& row) {
        return row.string(0);
    });
    if (!hash)
        throw base::NotFound("no such user");
    return std::move(*hash);
}

void count_wrong_password(db::Transaction& tx, UserId user, base::Time at)
{
    tx.apply(R"(
        UPDATE auth_user
           SET failed_sign_ins = failed_sign_ins + 1,
               failed_since = CASE WHEN failed_sign_ins = 0 THEN $2 ELSE failed_since END
         WHERE id = $1)",
        user, at);
}

std::int64_t count_wrong_passwords(db::Connection& db, UserId user)
{
    return db.query("SELECT failed_sign_ins FROM auth_user WHERE id = $1", user).integer();
}

bool note_right_password(db::Transaction& tx, const Credentials& checked, std::string_view fresh_hash)
{
    // The hash is compared where it is written, so that a sign-in under way outlives no change of the password and
    // brings no replaced one back. It also locks the row: a change that comes later ends the session begun here.
    return tx.execute(R"(
        UPDATE auth_user SET failed_sign_ins = 0, password = $2 WHERE id = $1 AND password = $3 AND is_active = 1)",
               checked.user.id, fresh_hash.empty() ? std::string_view(checked.password_hash) : fresh_hash,
               checked.password_hash) == 1;
}

bool still_has_password(db::Transaction& tx, UserId id, std::string_view checked_hash)
{
    return tx.execute("UPDATE auth_user SET password = password WHERE id = $1 AND password = $2", id, checked_hash) ==
           1;
}

void set_password(
    db::Transaction& tx, UserId id, std::string_view password_hash, std::optional<base::Time> temporary_until)
{
    const auto rows = tx.execute(R"(
        UPDATE auth_user SET password = $2, must_change_password = $3, temporary_until = $4, failed_sign_ins = 0
         WHERE id = $1)",
        id, password_hash, temporary_until.has_value(), temporary_until ? base::to_millis(*temporary_until) : 0);
    if (rows != 1)
        throw base::NotFound("no such user");
    // Another password than the one that somebody may still be shown.
    tx.apply("DELETE FROM service_shown_password WHERE user_id = $1", id);
}

} // namespace users
