#include "accounts/account.hpp"
#include "accounts/search_text.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "events/event.hpp"
#include "service_requests/service_request.hpp"
#include "users/user.hpp"

namespace accounts {

namespace {

struct Happening
{
    events::Subject subject = events::Subject::Account;
    std::int64_t subject_id = 0;
    UserId actor;
    std::string_view kind;
    std::string_view after = {};
};

void add_event(db::Transaction& tx, const Happening& happening, base::Time now)
{
    events::add_event(tx,
        {.subject = happening.subject,
            .subject_id = happening.subject_id,
            .actor_id = happening.actor,
            .kind = happening.kind,
            .after_value = happening.after},
        now);
}

std::string changed_fields(const Account& account, const AccountForm& form)
{
    std::string names;
    const auto compare = [&](std::string_view name, std::string_view before, std::string_view after) {
        if (before == after)
            return;
        names += names.empty() ? "" : ", ";
        names += name;
    };
    compare("number", account.number, form.number);
    compare("address", account.address, form.address);
    compare("phone", account.phone, form.phone);
    return names;
}

bool save(db::Transaction& tx, AccountId id, const AccountForm& form)
{
    return tx.execute(R"(
        UPDATE service_account
           SET account_number = $3, address = $4, phone_number = $5, is_active = $6, search_text = $7,
               version = version + 1
         WHERE id = $1 AND version = $2)",
               id, form.version, form.number, form.address, form.phone, form.is_active, search_text(form)) == 1;
}

/// The link or its end in the history of both, and in the account's search words.
void note_link(db::Transaction& tx, const Account& account, UserId user, const Happening& what, base::Time now)
{
    const std::string username = users::get_user(tx, user).username;
    add_event(tx,
        {.subject = events::Subject::Account,
            .subject_id = account.id.value,
            .actor = what.actor,
            .kind = what.kind,
            .after = username},
        now);
    add_event(tx,
        {.subject = events::Subject::User,
            .subject_id = user.value,
            .actor = what.actor,
            .kind = what.kind,
            .after = account.number},
        now);
    service_requests::update_search_words_of_account(tx, account.id);
}

} // namespace

std::string search_text(const AccountForm& form)
{
    std::string digits = form.number;
    std::erase(digits, '-');
    // The number in both shapes: people read it from a bill with hyphens and type it without.
    return base::fold(form.number + ' ' + digits + ' ' + form.address + ' ' + form.phone);
}

AccountId add_account(db::Transaction& tx, const AccountForm& form, const base::Visitor& by, base::Time now)
{
    const auto id = tx.insert<AccountId>(R"(
        INSERT INTO service_account (account_number, address, phone_number, is_active, created_at, search_text)
        VALUES ($1, $2, $3, $4, $5, $6) RETURNING id)",
        form.number, form.address, form.phone, form.is_active, now, search_text(form));
    add_event(tx, {.subject_id = id.value, .actor = by.user_id, .kind = "created", .after = form.number}, now);
    return id;
}

bool update_account(db::Transaction& tx, AccountId id, const AccountForm& form, const base::Visitor& by, base::Time now)
{
    const Account account = get_account(tx, id);
    if (account.version != form.version)
        return false;
    const std::string fields = changed_fields(account, form);
    if (fields.empty() && account.is_active == form.is_active)
        return true;
    if (!save(tx, id, form))
        return false;
    if (!fields.empty()) {
        add_event(tx, {.subject_id = id.value, .actor = by.user_id, .kind = "changed", .after = fields}, now);
        service_requests::update_search_words_of_account(tx, id);
    }
    if (account.is_active != form.is_active)
        add_event(tx,
            {.subject_id = id.value, .actor = by.user_id, .kind = form.is_active ? "activated" : "deactivated"}, now);
    return true;
}

void link_user(db::Transaction& tx, AccountId account, UserId user, const base::Visitor& by, base::Time now)
{
    const Account linked = get_account(tx, account);
    const auto added = tx.execute(
        "INSERT INTO service_account_user (account_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", account, user);
    if (added == 0)
        return;
    tx.apply("UPDATE service_account SET user_id = $2 WHERE id = $1 AND user_id IS NULL", account, user);
    note_link(tx, linked, user, {.actor = by.user_id, .kind = "linked"}, now);
}

void unlink_user(db::Transaction& tx, AccountId account, UserId user, const base::Visitor& by, base::Time now)
{
    const Account linked = get_account(tx, account);
    if (tx.execute("DELETE FROM service_account_user WHERE account_id = $1 AND user_id = $2", account, user) == 0)
        return;
    tx.apply(R"(
        UPDATE service_account
           SET user_id = (SELECT MIN(l.user_id) FROM service_account_user l WHERE l.account_id = $1)
         WHERE id = $1 AND user_id = $2)",
        account, user);
    note_link(tx, linked, user, {.actor = by.user_id, .kind = "unlinked"}, now);
}

} // namespace accounts
