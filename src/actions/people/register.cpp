#include "actions/people/register.hpp"

#include "actions/households/claim_account.hpp"
#include "base/crypto.hpp"
#include "events/event.hpp"
#include "outbox/outbox.hpp"
#include "users/emails.hpp"
#include "users/look_alikes.hpp"
#include "users/user.hpp"

#include <vector>

namespace actions {

namespace {

/// All who share the email are told; a list of strangers may not make a mail each.
constexpr std::size_t most_users = 5;

void mail_answer(db::Transaction& tx, const registrations::Registration& wanted, base::Time at, const LinkPath& path_of)
{
    const std::vector<users::User> known = users::list_users_with_email(tx, wanted.email, most_users);
    const auto answer = registrations::answer_for(tx, wanted, !known.empty(), at);
    const auto token = registrations::note_answer(tx, wanted, answer);
    if (!token)
        return;
    if (answer == registrations::Answer::Link)
        outbox::add_mail(tx,
            {.kind = outbox::Kind::ConfirmEmail,
                .to_address = wanted.email,
                .language = wanted.language,
                .secret = path_of(*token)},
            at);
    else if (answer == registrations::Answer::Known)
        for (const users::User& user : known)
            outbox::add_mail(
                tx, {.kind = outbox::Kind::EmailTaken, .to_user = user.id, .form_language = wanted.language}, at);
}

} // namespace

void ask_to_register(
    db::Transaction& tx, const registrations::Registration& wanted, std::string_view network, base::Time at)
{
    if (!wanted.account_number.empty())
        count_try_of_network(tx, network, at);
    registrations::add_registration(tx, wanted, at);
}

std::size_t mail_registration_links(db::Database& database, base::Time now, const LinkPath& path_of)
{
    const auto unanswered = registrations::list_unanswered(*database.read(), registration_batch);
    for (const registrations::Registration& wanted : unanswered)
        database.write([&](db::Transaction& tx) { mail_answer(tx, wanted, now, path_of); });
    return unanswered.size();
}

std::string username_for(db::Connection& db, const registrations::Registration& wanted)
{
    if (!wanted.username.empty())
        return wanted.username;
    if (users::is_valid_username(wanted.email) && !users::is_username_taken(db, wanted.email))
        return wanted.email;
    constexpr std::size_t digits = 5;
    return "customer-" + base::hex(base::random_bytes(digits));
}

void note_wrong_password(db::Transaction& tx, const registrations::Registration& wanted)
{
    registrations::note_wrong_password(tx, wanted.id);
}

std::optional<UserId> register_customer(db::Transaction& tx, const registrations::Registration& wanted, base::Time at)
{
    if (!registrations::remove_registration(tx, wanted.id) ||
        !users::list_users_with_email(tx, wanted.email, 1).empty())
        return std::nullopt;
    if (users::has_look_alike(tx, wanted.username))
        throw db::ConstraintViolation("a user name that looks like another one");
    const UserId user = users::add_user(tx,
        {.username = wanted.username,
            .first_name = wanted.first_name,
            .last_name = wanted.last_name,
            .email = wanted.email,
            .password_hash = wanted.password_hash},
        at);
    users::note_confirmed_email(tx, user, wanted.email);
    users::set_language(tx, user, wanted.language);
    const base::Act act = base::act_of(user, at);
    events::add_event(tx, act,
        {.subject = events::Subject::User,
            .subject_id = user.value,
            .kind = events::Kind::Created,
            .after_value = std::string(base::role_name(base::Role::Customer))});
    if (!wanted.account_number.empty())
        claim_account(tx, act,
            {.number = wanted.account_number,
                .postal_code = wanted.postal_code,
                .sharing = accounts::sharing_of(wanted.shares)});
    return user;
}

std::int64_t forget_registrations(db::Transaction& tx, base::Time now, std::size_t limit)
{
    return registrations::remove_old_registrations(tx, now, limit);
}

} // namespace actions
