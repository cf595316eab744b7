#include "accounts/account.hpp"
#include "accounts/search_text.hpp"
#include "base/phone/phone.hpp"
#include "base/text.hpp"

namespace accounts {

namespace {

bool save(db::Transaction& tx, AccountId id, const AccountForm& form)
{
    return tx.execute(R"(
        UPDATE service_account
           SET account_number = $3, address = $4, phone_number = $5, is_active = $6, search_text = $7,
               version = version + 1
         WHERE id = $1 AND version = $2)",
               id, form.version, form.number, form.address, form.phone, form.is_active, search_text(form)) == 1;
}

} // namespace

base::FieldChanges changed_fields(const Account& account, const AccountForm& form)
{
    base::FieldChanges changes;
    base::add_if_changed(changes, "number", account.number, form.number);
    base::add_if_changed(changes, "address", account.address, form.address);
    base::add_if_changed(changes, "phone", account.phone, form.phone);
    return changes;
}

std::string search_text(const AccountForm& form)
{
    std::string digits = form.number;
    std::erase(digits, '-');
    // The number in both shapes: people read it from a bill with hyphens and type it without.
    return base::fold(form.number + ' ' + digits + ' ' +
                      base::in_both_spellings(base::without_apostrophes(form.address)) + ' ' +
                      base::phone_words(form.phone));
}

AccountId refold_search_texts(db::Transaction& tx, AccountId after, std::size_t limit)
{
    const auto accounts = db::map_rows(tx.query(R"(
        SELECT id, search_text, account_number, address, phone_number FROM service_account
         WHERE id > $1 ORDER BY id LIMIT $2)",
                                           after.value, limit),
        [](const db::Row& row) {
            return std::tuple(row.id<AccountId>(0), row.string(1),
                search_text({.number = row.string(2), .address = row.string(3), .phone = row.string(4)}));
        });
    for (const auto& [id, before, text] : accounts) {
        // Not over a change that another node makes meanwhile.
        if (text != before)
            tx.apply(
                "UPDATE service_account SET search_text = $2 WHERE id = $1 AND search_text = $3", id, text, before);
    }
    return accounts.empty() ? AccountId() : std::get<AccountId>(accounts.back());
}

AccountId add_account(db::Transaction& tx, const AccountForm& form, base::Time at)
{
    return tx.insert<AccountId>(R"(
        INSERT INTO service_account (account_number, address, phone_number, is_active, created_at, search_text)
        VALUES ($1, $2, $3, $4, $5, $6))",
        form.number, form.address, form.phone, form.is_active, at, search_text(form));
}

bool update_account(db::Transaction& tx, const Account& before, const AccountForm& form)
{
    if (before.version != form.version)
        return false;
    if (changed_fields(before, form).empty() && before.is_active == form.is_active)
        return true;
    return save(tx, before.id, form);
}

bool add_link(db::Transaction& tx, AccountId account, UserId user)
{
    const auto added = tx.execute(
        "INSERT INTO service_account_user (account_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", account, user);
    if (added == 0)
        return false;
    tx.apply("UPDATE service_account SET user_id = $2 WHERE id = $1 AND user_id IS NULL", account, user);
    return true;
}

bool remove_link(db::Transaction& tx, AccountId account, UserId user)
{
    if (tx.execute("DELETE FROM service_account_user WHERE account_id = $1 AND user_id = $2", account, user) == 0)
        return false;
    tx.apply(R"(
        UPDATE service_account
           SET user_id = (SELECT l.user_id FROM service_account_user l JOIN auth_user u ON u.id = l.user_id
                           WHERE l.account_id = $1 ORDER BY u.is_active DESC, l.user_id LIMIT 1)
         WHERE id = $1 AND user_id = $2)",
        account, user);
    return true;
}

} // namespace accounts
