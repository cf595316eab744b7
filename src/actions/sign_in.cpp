#include "actions/sign_in.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "events/event.hpp"
#include "notifications/notification.hpp"
#include "outbox/outbox.hpp"
#include "sign_in/device.hpp"
#include "sign_in/factor/second_factor.hpp"
#include "sign_in/known_device.hpp"
#include "sign_in/password.hpp"
#include "sign_in/pending_sign_in.hpp"
#include "sign_in/provider/started_sign_in.hpp"
#include "sign_in/reset_link.hpp"
#include "sign_in/session.hpp"
#include "users/email_changes.hpp"
#include "users/shown_password.hpp"
#include "users/wrong_passwords.hpp"

#include <fmt/format.h>

namespace actions {

namespace {

// An empty one is a slip and no guess: it is checked, and counted, against nothing.
bool is_a_guess(const std::string& password)
{
    return !password.empty() && password.size() <= sign_in::most_password_bytes;
}

sign_in::PasswordCheck check(const std::optional<users::Credentials>& found, const std::string& password,
    const std::vector<std::string>& other_hashes)
{
    if (!is_a_guess(password))
        return sign_in::PasswordCheck::Wrong;
    const auto hash = found ? std::optional(found->password_hash) : std::nullopt;
    return sign_in::check_password_evenly(password, hash, other_hashes);
}

sign_in::Guesser guesser_of(
    db::Connection& db, const sign_in::SignInAttempt& attempt, const std::optional<users::Credentials>& found)
{
    // Asked of nobody, too: each question is a round trip, and its time must tell nothing.
    const bool is_known = sign_in::is_known_device(db, attempt.device, found ? found->user.id : UserId());
    if (!found)
        return sign_in::Guesser::Stranger;
    if (is_known)
        return sign_in::Guesser::KnownDevice;
    return found->user.must_change_password ? sign_in::Guesser::StrangerWithTemporary : sign_in::Guesser::Stranger;
}

/// The attempt as it is counted: for a user under one name, whatever spelling or email was typed.
sign_in::SignInAttempt counted_for(const sign_in::SignInAttempt& attempt, const users::User& user)
{
    sign_in::SignInAttempt counted = attempt;
    counted.username = user.username;
    return counted;
}

void log_wrong_guess(const sign_in::SignInAttempt& attempt, sign_in::Guesser guesser,
    const std::optional<users::Credentials>& found, sign_in::Waits begun)
{
    const auto about = static_cast<std::uint64_t>(found ? found->user.id.value : 0);
    base::log::security({.event = "wrong_password",
        .about = about,
        .address = attempt.address,
        .detail = guesser == sign_in::Guesser::KnownDevice ? "known_device" : "new_device"});
    if (begun.of_network)
        base::log::security({.event = "network_slowed", .address = attempt.address});
    if (begun.of_name && found)
        base::log::security({.event = "user_name_slowed", .about = about, .address = attempt.address});
}

void warn(const sign_in::SignInAttempt& attempt, const std::optional<users::Credentials>& found, sign_in::Waits begun)
{
    if (begun.of_network)
        base::log::warning(
            fmt::format("too many wrong passwords from {}: it has to wait, except with browsers that signed in before",
                attempt.address));
    if (begun.of_name && found)
        base::log::warning(fmt::format("too many wrong passwords for user {} ({}), the last from {}: browsers that "
                                       "never signed in as this user have to wait",
            found->user.id.value, found->user.username, attempt.address));
}

// The same for a name that is nobody's, so that the time it takes tells nothing.
void note_wrong_guess(db::Database& database, const sign_in::SignInAttempt& attempt, sign_in::Guesser guesser,
    const std::optional<users::Credentials>& found)
{
    const sign_in::Waits begun = database.write([&](db::Transaction& tx) {
        return note_wrong_password(
            tx, attempt, guesser, found ? found->user.id : users::nobody_named(attempt.username));
    });
    log_wrong_guess(attempt, guesser, found, begun);
    warn(attempt, found, begun);
}

struct Told
{
    std::string_view before = {};
    std::string_view after = {};
};

void add_event(db::Transaction& tx, const base::Act& act, events::Kind kind, const Told& told)
{
    const UserId user = act.visitor.user_id;
    events::add_event(tx, act,
        {.subject = events::Subject::User,
            .subject_id = user.value,
            .kind = kind,
            .before_value = told.before,
            .after_value = told.after});
}

/// Returns false, and does nothing, when the password was changed or the user deactivated since it was checked.
bool note_right_password(db::Transaction& tx, const sign_in::SignInAttempt& attempt, const users::Credentials& checked,
    std::string_view fresh_hash)
{
    const UserId user = checked.user.id;
    sign_in::forget_failures(tx, counted_for(attempt, checked.user));
    const std::int64_t wrong = users::find_wrong_passwords(tx, user).times;
    if (!users::note_right_password(tx, checked, fresh_hash))
        return false;
    if (wrong < notable_wrong_passwords)
        return true;
    notifications::notify_of_sign_in(tx, user, {.times = wrong}, attempt.now);
    add_event(tx, base::act_of(user, attempt.now), events::Kind::WrongPasswords, {.after = std::to_string(wrong)});
    return true;
}

void tell_of_new_device(db::Transaction& tx, const StartSession& start)
{
    const std::string device = sign_in::device_name(start.browser.user_agent);
    notifications::notify_of_sign_in(
        tx, start.user, {.kind = notifications::Kind::NewDevice, .device = device}, start.at);
    outbox::add_mail(tx, {.kind = outbox::Kind::NewDevice, .to_user = start.user, .secret = device}, start.at);
}

/// Let the code count. Throws Conflict when it has counted meanwhile.
void take_code(db::Transaction& tx, UserId user, const CheckedCode& code, base::Time at)
{
    const std::int64_t wrong = code.factor.wrong_codes;
    if (!use_code(tx, user, code, at))
        throw base::Conflict(base::Text(code_used_before));
    if (wrong < notable_wrong_codes)
        return;
    notifications::notify_of_sign_in(tx, user, {.kind = notifications::Kind::WrongCodes, .times = wrong}, at);
    add_event(tx, base::act_of(user, at), events::Kind::WrongCodes, {.after = std::to_string(wrong)});
}

} // namespace

BegunSignIn start_session(db::Transaction& tx, const StartSession& start)
{
    BegunSignIn begun;
    begun.is_new_device =
        sign_in::has_known_devices(tx, start.user) && !sign_in::is_known_device(tx, start.device, start.user);
    if (begun.is_new_device)
        tell_of_new_device(tx, start);
    if (!start.device.empty())
        sign_in::note_known_device(tx, start.device, start.user, start.at);
    begun.session = sign_in::add_session(tx, start.user, start.browser, start.at);
    add_event(tx, base::act_of(start.user, start.at), events::Kind::SignedIn,
        {.before = begun.is_new_device ? "new" : "", .after = sign_in::device_name(start.browser.user_agent)});
    return begun;
}

std::optional<RightPassword> check_sign_in(
    db::Database& database, const sign_in::SignInAttempt& typed, const std::string& password)
{
    std::optional<users::Credentials> found;
    sign_in::SignInAttempt attempt = typed;
    auto guesser = sign_in::Guesser::Stranger;
    std::vector<std::string> other_hashes;
    {
        const db::ReadLease lease = database.read();
        found = users::find_credentials(*lease, typed.username);
        if (found)
            attempt = counted_for(typed, found->user);
        guesser = guesser_of(*lease, attempt, found);
        sign_in::check_throttle(*lease, attempt, guesser);
        // Whoever signed in here before knows that this user exists.
        if (guesser != sign_in::Guesser::KnownDevice)
            other_hashes = users::list_hash_kinds(*lease, sign_in::kind_of_hash);
    }
    const sign_in::PasswordCheck result = check(found, password, other_hashes);
    if (result != sign_in::PasswordCheck::Wrong)
        return RightPassword{.of = *found,
            .is_outdated = result == sign_in::PasswordCheck::RightButOutdated,
            .has_ended = found->has_ended(attempt.now)};
    if (is_a_guess(password))
        note_wrong_guess(database, attempt, guesser, found);
    return std::nullopt;
}

std::optional<std::string> check_own_password(
    db::Database& database, const sign_in::SignInAttempt& attempt, const std::string& password)
{
    const auto right = check_sign_in(database, attempt, password);
    if (!right)
        return std::nullopt;
    database.write([&](db::Transaction& tx) { note_right_password(tx, attempt, right->of, {}); });
    return right->of.password_hash;
}

sign_in::Waits note_wrong_password(
    db::Transaction& tx, const sign_in::SignInAttempt& attempt, sign_in::Guesser guesser, UserId user)
{
    const sign_in::Waits begun = sign_in::note_failure(tx, attempt, guesser);
    users::count_wrong_password(tx, user, attempt.now);
    return begun;
}

std::optional<BegunSignIn> begin_session(db::Transaction& tx, const BeginSession& input)
{
    const UserId user = input.checked.user.id;
    const base::Time now = input.attempt.now;
    if (input.checked.has_ended(now))
        return std::nullopt;
    // The role of now: the one that was read with the hash may be another.
    if (input.local != sign_in::LocalSignIn::All &&
        !sign_in::may_sign_in_locally(input.local, users::get_user(tx, user).role))
        return BegunSignIn{.is_for_provider = true};
    // Nothing is forgiven before the code: whoever knows the password may not begin the count of wrong codes anew.
    if (sign_in::has_second_factor(tx, user))
        return BegunSignIn{.pending = sign_in::add_pending_sign_in(tx,
                               {.user = user,
                                   .password_hash = input.checked.password_hash,
                                   .fresh_hash = std::string(input.fresh_hash),
                                   .is_public = input.browser.is_public},
                               now)};
    if (!note_right_password(tx, input.attempt, input.checked, input.fresh_hash))
        return std::nullopt;
    // The row of the user is locked by now: a second factor that came meanwhile has ended all sessions before.
    if (sign_in::has_second_factor(tx, user))
        return std::nullopt;
    return start_session(tx, {.user = user,
                                 .browser = {.user_agent = input.browser.user_agent,
                                     .is_public = input.browser.is_public,
                                     .address = input.attempt.address},
                                 .device = input.device,
                                 .at = now});
}

std::optional<BegunSignIn> finish_sign_in(db::Transaction& tx, const FinishSignIn& input)
{
    const base::Time now = input.attempt.now;
    const auto pending = sign_in::find_pending_sign_in(tx, input.pending_token, now);
    if (!pending)
        return std::nullopt;
    users::Credentials checked{.user = users::get_user(tx, pending->user), .password_hash = pending->password_hash};
    // First of all, and undone when the code does not count.
    const bool is_right = note_right_password(tx, input.attempt, checked, pending->fresh_hash);
    take_code(tx, pending->user, input.code, now);
    if (!is_right || !sign_in::remove_pending_sign_in(tx, input.pending_token))
        return std::nullopt;
    return start_session(tx, {.user = pending->user,
                                 .browser = {.user_agent = input.user_agent,
                                     .is_public = pending->is_public,
                                     .address = input.attempt.address},
                                 .device = pending->is_public ? std::string_view() : input.device,
                                 .at = now});
}

void keep_session(db::Transaction& tx, std::string_view session_hash, base::Time at)
{
    sign_in::touch_session(tx, session_hash, at);
}

void end_session(db::Transaction& tx, std::string_view session_hash)
{
    sign_in::remove_session(tx, session_hash);
}

void end_sessions(db::Transaction& tx, const base::Act& act, UserId user)
{
    if (!act.is_by_program)
        throw base::Forbidden("only a command signs somebody else out");
    sign_in::remove_sessions(tx, user, {});
}

std::int64_t forget_expired(db::Transaction& tx, base::Time now, const sign_in::SessionRules& rules)
{
    sign_in::remove_old_failures(tx, now);
    users::remove_wrong_passwords_of_nobody(tx, now - std::chrono::hours(24));
    sign_in::remove_old_devices(tx, now);
    sign_in::remove_old_pending_sign_ins(tx, now);
    sign_in::remove_old_started_sign_ins(tx, now);
    sign_in::remove_old_reset_links(tx, now);
    users::remove_old_shown_passwords(tx, now);
    users::remove_old_email_changes(tx, now);
    return sign_in::remove_expired_sessions(tx, now, rules);
}

} // namespace actions
