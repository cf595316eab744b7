#include "users/sign_in.hpp"

#include "users/user_row.hpp"

namespace users {

std::optional<Credentials> find_credentials(db::Connection& db, std::string_view username)
{
    return db
        .query(R"(
        SELECT id, username, first_name, last_name, email, phone, role, is_active, must_change_password, date_joined,
               last_login, version, password
          FROM auth_user WHERE username = $1 AND is_active = 1 AND failed_sign_ins < $2)",
            username, most_failures_in_a_row)
        .first([](const db::Row& row) {
            return Credentials{.user = user_from_row(row), .password_hash = row.string(12)};
        });
}

void note_wrong_password(db::Transaction& tx, UserId user)
{
    tx.apply("UPDATE auth_user SET failed_sign_ins = failed_sign_ins + 1 WHERE id = $1", user);
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

} // namespace users
