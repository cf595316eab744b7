#include "users/wrong_passwords.hpp"

#include "base/crypto.hpp"
#include "base/utf8.hpp"

#include <cstddef>

namespace users {

UserId nobody_named(std::string_view username)
{
    const base::Sha256 digest = base::sha256(base::caseless_name(username));
    // Seven bytes and one: above zero, and below it with the sign.
    std::int64_t number = 1;
    for (std::size_t i = 0; i < 7; ++i)
        number += static_cast<std::int64_t>(static_cast<unsigned char>(digest[i])) << (8 * i);
    return UserId{-number};
}

void count_wrong_password(db::Transaction& tx, UserId user, base::Time at)
{
    tx.apply(R"(
        INSERT INTO auth_wrong_password (user_id, times, since) VALUES ($1, 1, $2)
        ON CONFLICT (user_id) DO UPDATE SET times = auth_wrong_password.times + 1)",
        user.value, at);
}

WrongPasswords find_wrong_passwords(db::Connection& db, UserId user)
{
    const auto found = list_wrong_passwords(db, std::span(&user, 1));
    return found.empty() ? WrongPasswords{} : found.begin()->second;
}

std::map<UserId, WrongPasswords> list_wrong_passwords(db::Connection& db, std::span<const UserId> users)
{
    // Always the same number of parameters: one prepared statement.
    constexpr std::size_t asked_at_once = 20;
    std::map<UserId, WrongPasswords> found;
    for (std::size_t first = 0; first < users.size(); first += asked_at_once) {
        db::SqlBuilder sql("SELECT user_id, times, since FROM auth_wrong_password WHERE user_id IN (");
        for (std::size_t i = first; i < first + asked_at_once; ++i)
            sql.add(i == first ? db::Sql("") : db::Sql(", ")).bind(i < users.size() ? users[i].value : 0);
        sql.add(")");
        for (const db::Row row : db.query(sql))
            found.emplace(row.id<UserId>(0), WrongPasswords{.times = row.integer(1), .since = row.time(2)});
    }
    return found;
}

void forget_wrong_passwords(db::Transaction& tx, UserId user)
{
    tx.apply("DELETE FROM auth_wrong_password WHERE user_id = $1", user);
}

void remove_wrong_passwords_of_nobody(db::Transaction& tx, base::Time time)
{
    tx.apply("DELETE FROM auth_wrong_password WHERE user_id < 0 AND since < $1", time);
}

} // namespace users
