#include "base/log.hpp"
#include "base/phone/phone.hpp"
#include "base/text.hpp"
#include "users/closing.hpp"
#include "users/search_text.hpp"
#include "users/user.hpp"
#include "users/user_row.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace users {

namespace {

bool is_last_administrator(db::Transaction& tx, const User& user)
{
    if (user.role != base::Role::Administrator || !user.is_active)
        return false;
    // Two administrators cannot retire each other at the same moment.
    return hold_active_administrators(tx) == 1;
}

/// A user whose text for searching is made anew.
struct Stored
{
    UserId id;
    std::string username;
    std::string before;
    std::string text;
};

/// Give a user name from before normal_username() its normal spelling, unless somebody else has it: then both stay, and
/// each signs in by the own one.
void respell_username(db::Transaction& tx, const Stored& user)
{
    const std::string normal = normal_username(user.username);
    if (normal == user.username || normal.empty())
        return;
    const auto rows = tx.execute(R"(
        UPDATE auth_user SET username = $2
         WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM auth_user other WHERE other.username = $2))",
        user.id, normal);
    if (rows == 0)
        base::log::warning(fmt::format(
            "user {}: the user name looks like that of another user; one of the two needs a new one", user.id.value));
}

bool save(db::Transaction& tx, const User& user, const UserChange& change)
{
    const std::string text = search_text({.username = user.username,
        .first_name = change.first_name,
        .last_name = change.last_name,
        .email = change.email,
        .phone = change.phone});
    return tx.execute(R"(
        UPDATE auth_user
           SET first_name = $3, last_name = $4, email = $5, phone = $6, role = $7, is_staff = $8, is_superuser = $9,
               is_active = $10, search_text = $11, version = version + 1
         WHERE id = $1 AND version = $2)",
               user.id, change.version, change.first_name, change.last_name, change.email, change.phone,
               base::role_name(change.role), change.role != base::Role::Customer,
               change.role == base::Role::Administrator, change.is_active, text) == 1;
}

} // namespace

base::FieldChanges changed_fields(const User& user, const UserChange& change)
{
    base::FieldChanges changes;
    base::add_if_changed(changes, "first_name", user.first_name, change.first_name);
    base::add_if_changed(changes, "last_name", user.last_name, change.last_name);
    base::add_if_changed(changes, "email", user.email, change.email);
    base::add_if_changed(changes, "phone", user.phone, change.phone);
    return changes;
}

bool may_change(const base::Visitor& by, const User& user)
{
    if (is_closed(user))
        return false;
    return by.is_at_least(base::Role::Administrator) || (by.is_staff() && user.role == base::Role::Customer);
}

std::int64_t hold_active_administrators(db::Transaction& tx)
{
    // Changes nothing, but locks the rows on PostgreSQL.
    return tx.execute("UPDATE auth_user SET version = version WHERE role = 'administrator' AND is_active = 1");
}

std::string search_text(const SearchedFields& fields)
{
    std::string text(fields.username);
    for (const std::string_view field : {fields.first_name, fields.last_name, fields.email}) {
        text += ' ';
        text += field;
    }
    return base::fold(base::in_both_spellings(base::without_apostrophes(text)) + ' ' + base::phone_words(fields.phone));
}

UserId refold_search_texts(db::Transaction& tx, UserId after, std::size_t limit)
{
    const auto users = db::map_rows(tx.query(R"(
        SELECT id, search_text, username, first_name, last_name, email, phone FROM auth_user
         WHERE id > $1 ORDER BY id LIMIT $2)",
                                        after.value, limit),
        [](const db::Row& row) {
            return Stored{.id = row.id<UserId>(0),
                .username = row.string(2),
                .before = row.string(1),
                .text = search_text({.username = row.text(2),
                    .first_name = row.text(3),
                    .last_name = row.text(4),
                    .email = row.text(5),
                    .phone = row.text(6)})};
        });
    for (const Stored& user : users) {
        respell_username(tx, user);
        // Not over a change that another node makes meanwhile.
        if (user.text != user.before)
            tx.apply("UPDATE auth_user SET search_text = $2 WHERE id = $1 AND search_text = $3", user.id, user.text,
                user.before);
    }
    return users.empty() ? UserId() : users.back().id;
}

base::Visitor present_visitor(db::Connection& db, const base::Visitor& visitor)
{
    const auto role = db.query("SELECT role FROM auth_user WHERE id = $1 AND is_active = 1", visitor.user_id.value)
                          .first([](const db::Row& row) { return role_from_text(row.text(0)); });
    if (!role)
        return {};
    base::Visitor present = visitor;
    present.role = *role;
    return present;
}

UserId add_user(db::Transaction& tx, const NewUser& user, base::Time at)
{
    const std::string username = normal_username(user.username);
    if (!is_valid_username(username))
        throw std::logic_error("a user name that no form takes");
    const std::string text = search_text({.username = username,
        .first_name = user.first_name,
        .last_name = user.last_name,
        .email = user.email,
        .phone = user.phone});
    return tx.insert<UserId>(R"(
        INSERT INTO auth_user (password, is_superuser, username, first_name, last_name, email, is_staff, date_joined,
                               role, phone, must_change_password, temporary_until, search_text, username_key)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14))",
        user.password_hash, user.role == base::Role::Administrator, username, user.first_name, user.last_name,
        user.email, user.role != base::Role::Customer, at, base::role_name(user.role), user.phone,
        user.must_change_password, user.must_change_password ? base::to_millis(at + temporary_for) : 0, text,
        username_key(username));
}

UserUpdate update_user(db::Transaction& tx, const User& before, const UserChange& change)
{
    if (before.version != change.version)
        return UserUpdate::Stale;
    const bool access_changes = before.role != change.role || before.is_active != change.is_active;
    if (!access_changes && changed_fields(before, change).empty())
        return UserUpdate::Done;
    if (access_changes && is_last_administrator(tx, before))
        return UserUpdate::LastAdministrator;
    return save(tx, before, change) ? UserUpdate::Done : UserUpdate::Stale;
}

void update_contact(db::Transaction& tx, const User& before, std::string_view phone, std::string_view email)
{
    tx.apply("UPDATE auth_user SET phone = $2, email = $3, search_text = $4, version = version + 1 WHERE id = $1",
        before.id, phone, email,
        search_text({.username = before.username,
            .first_name = before.first_name,
            .last_name = before.last_name,
            .email = email,
            .phone = phone}));
}

void set_language(db::Transaction& tx, UserId id, std::string_view tag)
{
    tx.apply("UPDATE auth_user SET language = $2 WHERE id = $1", id, tag);
}

} // namespace users
