#include "accounts/account.hpp"
#include "accounts/search_text.hpp"
#include "base/phone/phone.hpp"

#include "commands/import_django/free_id.hpp"
#include "commands/import_django/people.hpp"
#include "commands/import_django/rehearsal.hpp"
#include "events/event.hpp"
#include "search/words.hpp"
#include "service_requests/service_request.hpp"
#include "users/user.hpp"

#include <fmt/format.h>

namespace commands::import_django {

namespace {

namespace field = account_field;

/// Django keeps no date for accounts: it is as old as its user.
base::Time made_at(const Target& target, std::int64_t user, base::Time otherwise)
{
    if (user == 0 || target.db == nullptr)
        return otherwise;
    const auto joined =
        target.db->query("SELECT date_joined FROM auth_user WHERE id = $1", user).first([](const db::Row& row) {
            return row.time(0);
        });
    return joined.value_or(otherwise);
}

void link(db::Transaction& tx, std::int64_t account, std::int64_t user)
{
    if (user != 0)
        tx.apply("INSERT INTO service_account_user (account_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            account, user);
}

} // namespace

struct Accounts::Fields
{
    UserId user;
    accounts::AccountForm form;
};

Accounts::Fields Accounts::fields_of(const Target& target, const SourceRow& row) const
{
    Fields fields{.user = UserId{resolve(target, user_subject, row, field::User)},
        .form = {.number = text(row, field::Number, "number"),
            .address = text(row, field::Address, "address"),
            .phone = base::normal_phone(text(row, field::Phone, "phone"))}};
    if (!fields.user)
        report().remarked(place(row, "user"), {}, "its user is missing; it is imported without a holder");
    if (!accounts::is_valid_number(fields.form.number))
        report().taken_as_it_is(
            place(row, "number"), fields.form.number, "new ones are 4 to 20 letters, digits and hyphens");
    if (!fields.form.phone.empty() && !base::parse_phone(fields.form.phone))
        report().taken_as_it_is(place(row, "phone"), fields.form.phone, "not a number that our forms accept");
    return fields;
}

std::string Accounts::free_number(const Target& target, const SourceRow& row, const std::string& wanted) const
{
    const bool is_taken = (target.db != nullptr && accounts::find_account(*target.db, wanted)) ||
                          (target.rehearsal != nullptr && target.rehearsal->has_name(account_subject, wanted));
    std::string free = is_taken ? fmt::format("{}-{}", wanted, row.id) : wanted;
    if (is_taken)
        report().changed(place(row, "number"), wanted, free, "another account here has this number");
    if (target.rehearsal != nullptr)
        target.rehearsal->add_name(account_subject, free);
    return free;
}

std::int64_t Accounts::add(const Target& target, const SourceRow& row)
{
    Fields fields = fields_of(target, row);
    fields.form.number = free_number(target, row, fields.form.number);
    const std::int64_t id = choose_id(target, Identity::Account, place(row), report());
    if (!target.writes())
        return id;
    const base::Time made = made_at(target, fields.user.value, now());
    target.tx->apply(R"(
        INSERT INTO service_account (id, account_number, address, phone_number, user_id, created_at, search_text)
        VALUES ($1, $2, $3, $4, $5, $6, $7))",
        id, fields.form.number, fields.form.address, fields.form.phone, fields.user, made,
        accounts::search_text(fields.form));
    link(*target.tx, id, fields.user.value);
    events::add_event(*target.tx, base::act_of({}, made),
        {.subject = events::Subject::Account,
            .subject_id = id,
            .kind = events::Kind::Created,
            .after_value = fields.form.number});
    return id;
}

std::optional<std::int64_t> Accounts::update(const Target& target, const SourceRow& row, const Known& known)
{
    const accounts::Account here = accounts::get_account(*target.db, AccountId{known.target_id});
    if (here.version != known.version) {
        report().kept_ours(place(row), "changed here and in the source since the last run");
        return std::nullopt;
    }
    Fields fields = fields_of(target, row);
    if (fields.form.number != here.number)
        fields.form.number = free_number(target, row, fields.form.number);
    if (!target.writes())
        return known.version + 1;
    target.tx->apply(R"(
        UPDATE service_account
           SET account_number = $2, address = $3, phone_number = $4, user_id = $5, search_text = $6, version = version + 1
         WHERE id = $1)",
        here.id, fields.form.number, fields.form.address, fields.form.phone, fields.user,
        accounts::search_text(fields.form));
    link(*target.tx, here.id.value, fields.user.value);
    search::update_search_words_of_account(*target.tx, here.id);
    return known.version + 1;
}

} // namespace commands::import_django
