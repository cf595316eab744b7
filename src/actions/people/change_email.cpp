#include "actions/people/change_email.hpp"

#include "outbox/outbox.hpp"
#include "users/credentials.hpp"
#include "users/email_changes.hpp"
#include "users/emails.hpp"
#include "users/user.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

namespace actions {

namespace {

/// All who share the email are told; a list of strangers may not make a mail each.
constexpr std::size_t most_users = 5;

std::vector<users::User> others_with_email(db::Connection& db, const users::EmailChange& change)
{
    auto found = users::list_users_with_email(db, change.email, most_users + 1);
    std::erase_if(found, [&](const users::User& user) { return user.id == change.user; });
    return found;
}

void mail_answer(db::Transaction& tx, const users::EmailChange& change, base::Time at, const LinkPath& path_of)
{
    const auto others = others_with_email(tx, change);
    const bool is_enough = users::has_enough_email_mails(tx, change.email, at);
    const auto answer = others.empty() && !is_enough ? users::EmailAnswer::Link : users::EmailAnswer::NoLink;
    const auto token = users::note_email_answer(tx, change, answer);
    if (!token || is_enough)
        return;
    // Without the name of who asked: a mistyped address is a stranger's.
    if (answer == users::EmailAnswer::Link)
        outbox::add_mail(tx,
            {.kind = outbox::Kind::ConfirmEmail,
                .to_address = change.email,
                .language = change.language,
                .secret = path_of(*token),
                .cause = fmt::format("email change {}", change.id)},
            at);
    for (const users::User& other : others)
        outbox::add_mail(tx, {.kind = outbox::Kind::EmailTaken, .to_user = other.id}, at);
}

} // namespace

ContactSaved change_own_contact(
    db::Transaction& tx, const base::Act& act, const Contact& contact, std::string_view language)
{
    const users::User before = users::get_user(tx, act.visitor.user_id);
    if (before.version != contact.version)
        return ContactSaved::Stale;
    Contact now = contact;
    const bool waits = contact.email != before.email && !contact.email.empty() && outbox::is_on(tx);
    if (waits) {
        const users::EmailChange change{
            .user = before.id, .email = std::string(contact.email), .language = std::string(language)};
        if (!users::add_email_change(tx, change, act.at))
            return ContactSaved::TooManyLinks;
        now.email = before.email;
    }
    change_contact(tx, act, now);
    return waits ? ContactSaved::LinkSent : ContactSaved::Done;
}

std::size_t mail_email_links(db::Database& database, base::Time now, const LinkPath& path_of)
{
    const auto unanswered = users::list_unanswered_email_changes(*database.read(), email_change_batch);
    for (const users::EmailChange& change : unanswered)
        database.write([&](db::Transaction& tx) { mail_answer(tx, change, now, path_of); });
    return unanswered.size();
}

bool send_email_link_again(db::Transaction& tx, const base::Act& act, std::string_view language)
{
    const UserId user = act.visitor.user_id;
    const auto wanted = users::find_wanted_email(tx, user, act.at);
    return wanted &&
           users::add_email_change(tx, {.user = user, .email = *wanted, .language = std::string(language)}, act.at);
}

bool cancel_email_change(db::Transaction& tx, const base::Act& act)
{
    return users::end_email_changes(tx, act.visitor.user_id);
}

bool confirm_email(db::Transaction& tx, const base::Act& act, std::string_view token)
{
    const UserId user = act.visitor.user_id;
    // Whoever uses the same link at the same moment waits here, and finds it used.
    users::lock_user(tx, user);
    const auto change = users::find_email_change(tx, token, user, act.at);
    const users::User before = users::get_user(tx, user);
    if (!change || !before.is_active)
        return false;
    users::end_email_changes(tx, user);
    if (!others_with_email(tx, *change).empty())
        return false;
    change_contact(tx, act, {.phone = before.phone, .email = change->email, .version = before.version});
    users::note_confirmed_email(tx, user, change->email);
    return true;
}

} // namespace actions
