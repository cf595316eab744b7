#include "users/closing.hpp"

#include "base/error.hpp"
#include "users/search_text.hpp"
#include "users/wrong_passwords.hpp"

#include <fmt/format.h>

namespace users {

std::string closed_username(UserId id)
{
    return fmt::format("closed {}", id.value);
}

bool is_closed(const User& user)
{
    return !user.is_active && user.username == closed_username(user.id);
}

void set_closed(db::Transaction& tx, UserId id, base::Time at)
{
    const std::string username = closed_username(id);
    const std::string name = fmt::format("Closed account {}", id.value);
    const std::string words =
        search_text({.username = username, .first_name = name, .last_name = {}, .email = {}, .phone = {}});
    // The sign "!" begins the hash of no password.
    const auto rows = tx.execute(R"(
        UPDATE auth_user
           SET username = $2, username_key = $3, first_name = $4, last_name = '', email = '', confirmed_email = '',
               phone = '', password = '!', must_change_password = 0, temporary_until = 0, last_browser = '',
               last_system = '', language = '', is_active = 0, search_text = $5, closed_at = $6,
               version = version + 1
         WHERE id = $1)",
        id, username, username_key(username), name, words, at);
    if (rows != 1)
        throw base::NotFound("no such user");
    forget_wrong_passwords(tx, id);
    tx.apply("DELETE FROM auth_email_change WHERE user_id = $1", id);
    tx.apply("DELETE FROM service_shown_password WHERE user_id = $1", id);
}

std::optional<base::Time> find_closed_at(db::Connection& db, UserId id)
{
    return db.query("SELECT closed_at FROM auth_user WHERE id = $1 AND closed_at IS NOT NULL", id)
        .first([](const db::Row& row) { return row.time(0); });
}

} // namespace users
