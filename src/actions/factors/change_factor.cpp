#include "actions/factors/change_factor.hpp"

#include "actions/rights.hpp"
#include "base/error.hpp"
#include "events/event.hpp"
#include "notifications/notification.hpp"
#include "outbox/outbox.hpp"
#include "sign_in/pending_sign_in.hpp"
#include "sign_in/session.hpp"
#include "users/credentials.hpp"
#include "users/user.hpp"

namespace actions {

namespace {

void add_event(db::Transaction& tx, const base::Act& act, UserId user, events::Kind kind)
{
    events::add_event(tx, act, {.subject = events::Subject::User, .subject_id = user.value, .kind = kind});
}

} // namespace

void turn_factor_on(db::Transaction& tx, const base::Act& act, const TurnFactorOn& input)
{
    const UserId user = act.visitor.user_id;
    // A sign-in under way takes the same row: it ends before this and its session with it, or it asks for a code.
    users::lock_user(tx, user);
    if (sign_in::has_second_factor(tx, user))
        throw base::Conflict(base::Text("The second step is on already, from another tab. Nothing was changed."));
    sign_in::add_second_factor(
        tx, user, {.secret = input.secret, .step = input.step, .recovery = input.recovery}, act.at);
    sign_in::remove_sessions(tx, user, input.kept_session);
    add_event(tx, act, user, events::Kind::FactorOn);
    outbox::add_mail(
        tx, {.kind = outbox::Kind::FactorOn, .to_user = user, .form_language = std::string(input.language)}, act.at);
}

void turn_factor_off(db::Transaction& tx, const base::Act& act, std::string_view language)
{
    const UserId user = act.visitor.user_id;
    users::lock_user(tx, user);
    sign_in::remove_pending_sign_ins(tx, user);
    if (!sign_in::remove_second_factor(tx, user))
        return;
    add_event(tx, act, user, events::Kind::FactorOff);
    outbox::add_mail(
        tx, {.kind = outbox::Kind::FactorOff, .to_user = user, .form_language = std::string(language)}, act.at);
}

bool renew_recovery_codes(db::Transaction& tx, const base::Act& act, const sign_in::RecoveryCodes& codes)
{
    const UserId user = act.visitor.user_id;
    if (!sign_in::set_recovery_codes(tx, user, codes, act.at))
        return false;
    add_event(tx, act, user, events::Kind::RecoveryCodes);
    return true;
}

void hide_recovery_codes(db::Transaction& tx, const base::Act& act)
{
    sign_in::remove_shown_codes(tx, act.visitor.user_id);
}

bool reset_factor(db::Transaction& tx, const base::Act& act, UserId user)
{
    users::lock_user(tx, user);
    require_role(tx, act, base::Role::Administrator);
    if (!act.is_by_program && act.visitor.user_id == user)
        throw base::Forbidden("somebody else resets the second factor");
    sign_in::remove_pending_sign_ins(tx, user);
    if (!sign_in::remove_second_factor(tx, user))
        return false;
    sign_in::remove_sessions(tx, user, {});
    add_event(tx, act, user, events::Kind::FactorReset);
    notifications::notify_of_sign_in(tx, user, {.kind = notifications::Kind::FactorReset}, act.at);
    outbox::add_mail(tx, {.kind = outbox::Kind::FactorOff, .to_user = user}, act.at);
    return true;
}

bool prove_session(db::Transaction& tx, std::string_view session_hash, base::Time at)
{
    return sign_in::mark_proved(tx, session_hash, at);
}

} // namespace actions
