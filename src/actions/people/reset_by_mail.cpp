#include "actions/people/reset_by_mail.hpp"

#include "actions/change_password.hpp"
#include "events/event.hpp"
#include "outbox/outbox.hpp"
#include "sign_in/provider/identity.hpp"
#include "users/emails.hpp"
#include "users/user.hpp"

#include <algorithm>
#include <vector>

namespace actions {

namespace {

/// A household may share an email; a list of strangers may not make a mail each.
constexpr std::size_t most_users = 5;

std::vector<users::User> meant_by(db::Connection& db, const std::string& asked_for)
{
    std::vector<users::User> found = users::list_users_with_email(db, asked_for, most_users);
    const auto named = users::find_user(db, asked_for);
    const auto is_it = [&](const users::User& user) { return user.id == named->id; };
    if (named && named->is_active && std::ranges::none_of(found, is_it))
        found.push_back(*named);
    return found;
}

void mail_links(db::Transaction& tx, const sign_in::ResetWish& wish, base::Time at, const LinkPath& path_of)
{
    for (const users::User& user : meant_by(tx, wish.asked_for)) {
        // Whoever signs in at a provider would get around it with a password of ours.
        if (user.email.empty() || sign_in::has_identity(tx, user.id))
            continue;
        const std::string token = sign_in::add_reset_link(tx, user.id, user.email, at);
        if (!token.empty())
            outbox::add_mail(tx,
                {.kind = outbox::Kind::PasswordReset,
                    .to_user = user.id,
                    .form_language = wish.language,
                    .secret = path_of(token)},
                at);
    }
}

} // namespace

void ask_for_reset(db::Transaction& tx, const sign_in::ResetWish& wish, base::Time at)
{
    sign_in::add_reset_wish(tx, wish, at);
}

std::size_t mail_reset_links(db::Database& database, base::Time now, const LinkPath& path_of)
{
    const auto wishes = sign_in::list_reset_wishes(*database.read(), reset_batch);
    for (const sign_in::ResetWish& wish : wishes)
        database.write([&](db::Transaction& tx) {
            // Another node may be faster.
            if (sign_in::remove_reset_wish(tx, wish.id))
                mail_links(tx, wish, now, path_of);
        });
    return wishes.size();
}

std::optional<UserId> choose_password(db::Transaction& tx, const ChosenPassword& input, base::Time at)
{
    const auto link = sign_in::find_reset_link(tx, input.token, at);
    if (!link)
        return std::nullopt;
    // Whoever uses the same link at the same moment waits here, and finds it used.
    const users::User user = users::get_user(tx, link->user);
    if (!user.is_active || user.email != link->email || !sign_in::remove_reset_link(tx, input.token, at))
        return std::nullopt;
    replace_password(tx, at, link->user, {.hash = input.new_hash, .language = input.language});
    users::note_confirmed_email(tx, user.id, user.email);
    events::add_event(tx, base::act_of(user.id, at),
        {.subject = events::Subject::User, .subject_id = user.id.value, .kind = events::Kind::PasswordChanged});
    return user.id;
}

} // namespace actions
