#include "users/emails.hpp"

#include "base/text.hpp"
#include "users/user_row.hpp"

namespace users {

std::vector<User> list_users_with_email(db::Connection& db, std::string_view email, std::size_t limit)
{
    return map_rows(db.query(R"(
        SELECT id, username, first_name, last_name, email, phone, role, is_active, must_change_password, date_joined,
               last_login, version, last_browser, last_system
          FROM auth_user WHERE lower(email) = $1 AND email <> '' AND is_active = 1
         ORDER BY id LIMIT $2)",
                        base::ascii_lower(email), limit),
        user_from_row);
}

void note_confirmed_email(db::Transaction& tx, UserId user, std::string_view email)
{
    tx.apply("UPDATE auth_user SET confirmed_email = email WHERE id = $1 AND email = $2", user, email);
}

} // namespace users
