#include "base/error.hpp"
#include "base/text.hpp"
#include "events/event.hpp"
#include "service_requests/service_request.hpp"
#include "users/search_text.hpp"
#include "users/session.hpp"
#include "users/user.hpp"
#include "users/user_row.hpp"

namespace users {

namespace {

struct Happening
{
    UserId user;
    UserId actor;
    std::string_view kind;
    std::string_view before = {};
    std::string_view after = {};
};

void add_event(db::Transaction& tx, const Happening& happening, base::Time now)
{
    events::add_event(tx,
        {.subject = events::Subject::User,
            .subject_id = happening.user.value,
            .actor_id = happening.actor,
            .kind = happening.kind,
            .before_value = happening.before,
            .after_value = happening.after},
        now);
}

/// "first_name, email": the names of the fields whose values differ.
class ChangedFields
{
  public:
    void compare(std::string_view name, std::string_view before, std::string_view after)
    {
        if (before == after)
            return;
        if (!names_.empty())
            names_ += ", ";
        names_ += name;
    }
    const std::string& names() const { return names_; }

  private:
    std::string names_;
};

std::string changed_fields(const User& user, const UserChange& change)
{
    ChangedFields changed;
    changed.compare("first_name", user.first_name, change.first_name);
    changed.compare("last_name", user.last_name, change.last_name);
    changed.compare("email", user.email, change.email);
    changed.compare("phone", user.phone, change.phone);
    return changed.names();
}

bool is_last_administrator(db::Transaction& tx, const User& user)
{
    if (user.role != base::Role::Administrator || !user.is_active)
        return false;
    // Two administrators cannot retire each other at the same moment.
    return hold_active_administrators(tx) == 1;
}

bool save(db::Transaction& tx, const User& user, const UserChange& change)
{
    const std::string text = search_text(user.username, change.first_name, change.last_name, change.email);
    return tx.execute(R"(
        UPDATE auth_user
           SET first_name = $3, last_name = $4, email = $5, phone = $6, role = $7, is_staff = $8, is_superuser = $9,
               is_active = $10, search_text = $11, version = version + 1
         WHERE id = $1 AND version = $2)",
               user.id, change.version, change.first_name, change.last_name, change.email, change.phone,
               base::role_name(change.role), change.role != base::Role::Customer,
               change.role == base::Role::Administrator, change.is_active, text) == 1;
}

void note_change(db::Transaction& tx, const User& user, const UserChange& change, UserId by, base::Time now)
{
    if (const std::string fields = changed_fields(user, change); !fields.empty()) {
        add_event(tx, {.user = user.id, .actor = by, .kind = "changed", .after = fields}, now);
        service_requests::update_search_words_of_user(tx, user.id);
    }
    if (user.role != change.role)
        add_event(tx,
            {.user = user.id,
                .actor = by,
                .kind = "role",
                .before = base::role_name(user.role),
                .after = base::role_name(change.role)},
            now);
    if (user.is_active != change.is_active)
        add_event(tx, {.user = user.id, .actor = by, .kind = change.is_active ? "activated" : "deactivated"}, now);
}

void store_password(db::Transaction& tx, UserId id, std::string_view password_hash, bool must_change)
{
    const auto rows = tx.execute(R"(
        UPDATE auth_user SET password = $2, must_change_password = $3, failed_sign_ins = 0, locked_until = 0
         WHERE id = $1)",
        id, password_hash, must_change);
    if (rows != 1)
        throw base::NotFound("no such user");
}

// Asked inside the transaction: the role may be another one than the page saw.
void require_may_change(const base::Visitor& by, const User& user)
{
    if (!may_change(by, user))
        throw base::Forbidden("only administrators change staff");
}

} // namespace

bool may_change(const base::Visitor& by, const User& user)
{
    return by.is_at_least(base::Role::Administrator) || (by.is_staff() && user.role == base::Role::Customer);
}

std::int64_t hold_active_administrators(db::Transaction& tx)
{
    // Changes nothing, but locks the rows on PostgreSQL.
    return tx.execute("UPDATE auth_user SET version = version WHERE role = 'administrator' AND is_active = 1");
}

std::string search_text(
    std::string_view username, std::string_view first_name, std::string_view last_name, std::string_view email)
{
    std::string text(username);
    for (const std::string_view field : {first_name, last_name, email}) {
        text += ' ';
        text += field;
    }
    return base::fold(text);
}

UserId add_user(db::Transaction& tx, const NewUser& user, const base::Visitor& by, base::Time now)
{
    const std::string text = search_text(user.username, user.first_name, user.last_name, user.email);
    const auto id = tx.insert<UserId>(R"(
        INSERT INTO auth_user (password, is_superuser, username, first_name, last_name, email, is_staff, date_joined,
                               role, phone, must_change_password, search_text)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id)",
        user.password_hash, user.role == base::Role::Administrator, user.username, user.first_name, user.last_name,
        user.email, user.role != base::Role::Customer, now, base::role_name(user.role), user.phone,
        user.must_change_password, text);
    add_event(tx, {.user = id, .actor = by.user_id, .kind = "created", .after = base::role_name(user.role)}, now);
    return id;
}

UserUpdate update_user(
    db::Transaction& tx, UserId id, const UserChange& change, const base::Visitor& by, base::Time now)
{
    const User user = get_user(tx, id);
    require_may_change(by, user);
    if (user.role != change.role && !by.is_at_least(base::Role::Administrator))
        throw base::Forbidden("only administrators set roles");
    if (user.version != change.version)
        return UserUpdate::Stale;
    const bool access_changes = user.role != change.role || user.is_active != change.is_active;
    if (!access_changes && changed_fields(user, change).empty())
        return UserUpdate::Done;
    if (access_changes && is_last_administrator(tx, user))
        return UserUpdate::LastAdministrator;
    if (!save(tx, user, change))
        return UserUpdate::Stale;
    if (access_changes)
        remove_sessions(tx, id, {});
    note_change(tx, user, change, by.user_id, now);
    return UserUpdate::Done;
}

bool still_has_password(db::Transaction& tx, UserId id, std::string_view checked_hash)
{
    return tx.execute("UPDATE auth_user SET password = password WHERE id = $1 AND password = $2", id, checked_hash) ==
           1;
}

void update_contact(db::Transaction& tx, UserId id, std::string_view phone, std::string_view email, base::Time now)
{
    const User user = get_user(tx, id);
    ChangedFields changed;
    changed.compare("email", user.email, email);
    changed.compare("phone", user.phone, phone);
    if (changed.names().empty())
        return;
    tx.apply("UPDATE auth_user SET phone = $2, email = $3, search_text = $4, version = version + 1 WHERE id = $1", id,
        phone, email, search_text(user.username, user.first_name, user.last_name, email));
    add_event(tx, {.user = id, .actor = id, .kind = "changed", .after = changed.names()}, now);
    service_requests::update_search_words_of_user(tx, id);
}

void update_password(
    db::Transaction& tx, UserId id, std::string_view password_hash, std::string_view keep_token_hash, base::Time now)
{
    store_password(tx, id, password_hash, false);
    remove_sessions(tx, id, keep_token_hash);
    add_event(tx, {.user = id, .actor = id, .kind = "password_changed"}, now);
}

void reset_password(
    db::Transaction& tx, UserId id, std::string_view password_hash, const base::Visitor& by, base::Time now)
{
    store_password(tx, id, password_hash, true);
    // After the row is locked by the line above, so that it cannot become staff between question and answer.
    require_may_change(by, get_user(tx, id));
    remove_sessions(tx, id, {});
    add_event(tx, {.user = id, .actor = by.user_id, .kind = "password_reset"}, now);
}

void end_lock(db::Transaction& tx, UserId id, const base::Visitor& by, base::Time now)
{
    require_may_change(by, get_user(tx, id));
    const auto rows = tx.execute(
        "UPDATE auth_user SET failed_sign_ins = 0, locked_until = 0 WHERE id = $1 AND locked_until > $2", id, now);
    if (rows == 1)
        add_event(tx, {.user = id, .actor = by.user_id, .kind = "unlocked"}, now);
}

} // namespace users
