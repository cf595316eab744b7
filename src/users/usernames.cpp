#include "base/utf8.hpp"
#include "users/user.hpp"

namespace users {

std::string normal_username(std::string_view typed)
{
    return base::plain_name(typed);
}

std::string username_key(std::string_view typed)
{
    return base::caseless_name(typed);
}

bool is_username_taken(db::Connection& db, std::string_view username)
{
    return db
        .query(R"(
        SELECT id FROM auth_user WHERE (username_key = $3 AND username_key <> '') OR username IN ($1, $2) LIMIT 1)",
            username, normal_username(username), username_key(username))
        .first([](const db::Row& row) { return row.id<UserId>(0); })
        .has_value();
}

std::vector<std::string> list_usernames_alike(db::Connection& db, std::size_t limit)
{
    return map_rows(db.query(R"(
        SELECT username FROM auth_user
         WHERE username_key IN (SELECT username_key FROM auth_user WHERE username_twin <> 0)
         ORDER BY username_key, username_twin LIMIT $1)",
                        limit),
        [](const db::Row& row) { return row.string(0); });
}

UserId add_username_keys(db::Transaction& tx, UserId after, std::size_t limit)
{
    const auto users =
        map_rows(tx.query("SELECT id, username FROM auth_user WHERE username_key = '' AND id > $1 ORDER BY id LIMIT $2",
                     after.value, limit),
            [](const db::Row& row) { return std::pair(row.id<UserId>(0), row.string(1)); });
    for (const auto& [id, username] : users) {
        // One by one, because each one may be the twin of the one before.
        tx.apply(R"(
            UPDATE auth_user
               SET username_key = $2,
                   username_twin = CASE WHEN EXISTS (SELECT 1 FROM auth_user other
                                                      WHERE other.username_key = $2 AND other.username_key <> '')
                                        THEN id ELSE 0 END
             WHERE id = $1 AND username_key = '')",
            id, username_key(username));
    }
    return users.empty() ? UserId() : users.back().first;
}

} // namespace users
