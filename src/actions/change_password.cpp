#include "actions/change_password.hpp"

#include "base/error.hpp"
#include "events/event.hpp"
#include "events/newest.hpp"
#include "outbox/outbox.hpp"
#include "sign_in/known_device.hpp"
#include "sign_in/reset_link.hpp"
#include "sign_in/session.hpp"
#include "sign_in/throttle.hpp"
#include "users/credentials.hpp"
#include "users/email_changes.hpp"
#include "users/shown_password.hpp"
#include "users/user.hpp"

namespace actions {

namespace {

void add_event(db::Transaction& tx, const base::Act& act, UserId user, events::Kind kind)
{
    events::add_event(tx, act, {.subject = events::Subject::User, .subject_id = user.value, .kind = kind});
}

std::optional<events::Event> newest_reset(db::Connection& db, UserId user)
{
    return events::find_newest_event(db, events::Subject::User, user.value, events::Kind::PasswordReset);
}

/// Strangers may try again, also with an email whose wrong passwords were counted before it was confirmed.
bool end_waits(db::Transaction& tx, const users::User& user, base::Time at)
{
    const bool had_to_wait = sign_in::end_wait(tx, user.username, at);
    return (!user.email.empty() && sign_in::end_wait(tx, user.email, at)) || had_to_wait;
}

// Asked inside the transaction: both roles may be others than the page saw.
void require_may_change(db::Transaction& tx, const base::Act& act, UserId id)
{
    const users::User user = users::get_user(tx, id);
    if (!act.is_by_program && !users::may_change(users::present_visitor(tx, act.visitor), user))
        throw base::Forbidden("only administrators change staff");
}

} // namespace

// Links and the wait first: who uses a link and who types a wrong password take their rows before the user's, too.
void replace_password(db::Transaction& tx, base::Time at, UserId id, const ReplacedPassword& password)
{
    sign_in::remove_reset_links(tx, id);
    end_waits(tx, users::get_user(tx, id), at);
    users::set_password(tx, id, password.hash, password.temporary_until);
    sign_in::remove_sessions(tx, id, {});
    sign_in::remove_known_devices(tx, id);
    users::end_email_changes(tx, id);
    outbox::add_mail(tx,
        {.kind = outbox::Kind::PasswordChanged, .to_user = id, .form_language = std::string(password.language)}, at);
}

void require_same_password(db::Transaction& tx, const base::Act& act, std::string_view checked_hash)
{
    if (!users::still_has_password(tx, act.visitor.user_id, checked_hash))
        throw base::Conflict(
            base::Text("Your password was changed a moment ago, so nothing was saved. Please sign in with the "
                       "new one and try again."));
}

void change_password(db::Transaction& tx, const base::Act& act, const ChangePassword& input)
{
    const UserId user = act.visitor.user_id;
    sign_in::remove_reset_links(tx, user);
    require_same_password(tx, act, input.checked_hash);
    users::set_password(tx, user, input.new_hash);
    sign_in::remove_sessions(tx, user, input.kept_session);
    outbox::add_mail(tx,
        {.kind = outbox::Kind::PasswordChanged, .to_user = user, .form_language = std::string(input.language)}, act.at);
    add_event(tx, act, user, events::Kind::PasswordChanged);
}

void reset_password(db::Transaction& tx, const base::Act& act, UserId id, const TemporaryPassword& password)
{
    replace_password(tx, act.at, id, {password.hash, act.at + users::temporary_for});
    // After the row is locked by the line above, so that it cannot become staff between question and answer.
    require_may_change(tx, act, id);
    if (auto newest = newest_reset(tx, id); password.seen && newest && newest->id > *password.seen)
        throw ResetBefore(std::move(*newest));
    users::set_shown_password(tx, act, id, password.salt);
    add_event(tx, act, id, events::Kind::PasswordReset);
}

void hide_password(db::Transaction& tx, const base::Act& act, UserId id)
{
    users::remove_shown_password(tx, act, id);
}

void set_password(db::Transaction& tx, const base::Act& act, UserId id, std::string_view new_hash)
{
    if (!act.is_by_program)
        throw base::Forbidden("only a command sets a password that need not be changed");
    replace_password(tx, act.at, id, {.hash = new_hash});
    add_event(tx, act, id, events::Kind::PasswordChanged);
}

void end_wait(db::Transaction& tx, const base::Act& act, UserId id)
{
    require_may_change(tx, act, id);
    if (end_waits(tx, users::get_user(tx, id), act.at))
        add_event(tx, act, id, events::Kind::Unlocked);
}

} // namespace actions
