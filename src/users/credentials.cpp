#include "users/credentials.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "users/user_row.hpp"
#include "users/wrong_passwords.hpp"

namespace users {

namespace {

/// The name of an unknown kind of hash, "md5$", with the number behind it if there is one.
std::string beginning_of(std::string_view hash)
{
    const std::size_t name = hash.find('$');
    const std::size_t next = name == std::string_view::npos ? name : hash.find_first_not_of("0123456789", name + 1);
    const bool has_number = next != std::string_view::npos && next > name + 1 && hash[next] == '$';
    return std::string(hash.substr(0, has_number ? next + 1 : name == std::string_view::npos ? name : name + 1));
}

Credentials credentials_from_row(const db::Row& row)
{
    Credentials credentials{.user = user_from_row(row), .password_hash = row.string(14)};
    if (row.integer(15) != 0)
        credentials.temporary_until = row.time(15);
    return credentials;
}

std::optional<Credentials> find_by_username(db::Connection& db, std::string_view username)
{
    return meant_by(username,
        map_rows(db.query(R"(
        SELECT id, username, first_name, last_name, email, phone, role, is_active, must_change_password, date_joined,
               last_login, version, last_browser, last_system, password, temporary_until
          FROM auth_user WHERE (username_key = $3 AND username_key <> '') OR username IN ($1, $2)
         ORDER BY CASE WHEN username = $1 THEN 0 WHEN username = $2 THEN 1 ELSE 2 END LIMIT 2)",
                     username, normal_username(username), username_key(username)),
            credentials_from_row),
        [](const Credentials& credentials) -> const User& { return credentials.user; });
}

// An email that is not confirmed may be a stranger's, who typed it first: it counts while nobody else has it.
std::optional<Credentials> find_by_email(db::Connection& db, std::string_view email)
{
    auto found = map_rows(db.query(R"(
        SELECT id, username, first_name, last_name, email, phone, role, is_active, must_change_password, date_joined,
               last_login, version, last_browser, last_system, password, temporary_until,
               CASE WHEN confirmed_email = email THEN 1 ELSE 0 END AS is_confirmed
          FROM auth_user WHERE lower(email) = $1 AND email <> '' AND is_active = 1
         ORDER BY is_confirmed DESC, id LIMIT 2)",
                              base::ascii_lower(email)),
        [](const db::Row& row) { return std::pair(credentials_from_row(row), row.boolean(16)); });
    if (found.empty() || (found.size() == 2 && found.front().second == found.back().second))
        return std::nullopt;
    return std::move(found.front().first);
}

} // namespace

std::optional<Credentials> find_credentials(db::Connection& db, std::string_view username)
{
    auto found = find_by_username(db, username);
    // Asked for also when there is such a user name, so that both take the same time.
    if (username.find('@') != std::string_view::npos) {
        auto by_email = find_by_email(db, username);
        if (!found)
            found = std::move(by_email);
    }
    if (found && !found->user.is_active)
        return std::nullopt;
    return found;
}

std::vector<std::string> list_hash_kinds(
    db::Connection& db, const std::function<std::string_view(std::string_view)>& kind_of)
{
    // Each statement goes to the first hash behind the kind before: as many steps as there are kinds, not users.
    constexpr std::size_t most_kinds = 8;
    constexpr int most_steps = 64;
    std::vector<std::string> found;
    std::string after;
    for (int step = 0; step < most_steps && found.size() < most_kinds; ++step) {
        const auto next = db.query(R"(
            SELECT password FROM auth_user
             WHERE substr(password, 1, 31) <> '$argon2id$v=19$m=19456,t=2,p=1$' AND substr(password, 1, 1) <> '!'
               AND password > $1
             ORDER BY password LIMIT 1)",
                                after)
                              .first([](const db::Row& row) { return row.string(0); });
        if (!next)
            break;
        const std::string_view kind = kind_of(*next);
        // Behind everything that begins like it.
        after = kind.empty() ? beginning_of(*next) : std::string(kind);
        ++after.back();
        if (!kind.empty())
            found.push_back(*next);
    }
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

bool note_right_password(db::Transaction& tx, const Credentials& checked, std::string_view fresh_hash)
{
    // The hash is compared where it is written, so that a sign-in under way outlives no change of the password and
    // brings no replaced one back. It also locks the row: a change that comes later ends the session begun here.
    const auto rows = tx.execute("UPDATE auth_user SET password = $2 WHERE id = $1 AND password = $3 AND is_active = 1",
        checked.user.id, fresh_hash.empty() ? std::string_view(checked.password_hash) : fresh_hash,
        checked.password_hash);
    if (rows == 1)
        forget_wrong_passwords(tx, checked.user.id);
    return rows == 1;
}

bool still_has_password(db::Transaction& tx, UserId id, std::string_view checked_hash)
{
    return tx.execute("UPDATE auth_user SET password = password WHERE id = $1 AND password = $2", id, checked_hash) ==
           1;
}

void lock_user(db::Transaction& tx, UserId id)
{
    if (tx.execute("UPDATE auth_user SET password = password WHERE id = $1", id) != 1)
        throw base::NotFound("no such user");
}

void set_password(
    db::Transaction& tx, UserId id, std::string_view password_hash, std::optional<base::Time> temporary_until)
{
    const auto rows = tx.execute(R"(
        UPDATE auth_user SET password = $2, must_change_password = $3, temporary_until = $4 WHERE id = $1)",
        id, password_hash, temporary_until.has_value(), temporary_until ? base::to_millis(*temporary_until) : 0);
    if (rows != 1)
        throw base::NotFound("no such user");
    forget_wrong_passwords(tx, id);
    // Another password than the one that somebody may still be shown.
    tx.apply("DELETE FROM service_shown_password WHERE user_id = $1", id);
}

} // namespace users
