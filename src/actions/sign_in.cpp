#include "actions/sign_in.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "events/event.hpp"
#include "sign_in/password.hpp"
#include "sign_in/session.hpp"
#include "users/shown_password.hpp"

#include <fmt/format.h>

#include <chrono>

namespace actions {

namespace {

// An empty one is a slip and no guess: it is checked, and counted, against nothing.
bool is_a_guess(const std::string& password)
{
    return !password.empty() && password.size() <= sign_in::most_password_bytes;
}

sign_in::PasswordCheck check(const std::optional<users::Credentials>& found, const std::string& password)
{
    if (!is_a_guess(password))
        return sign_in::PasswordCheck::Wrong;
    if (!found) {
        sign_in::spend_password_check(password);
        return sign_in::PasswordCheck::Wrong;
    }
    return sign_in::check_password(password, found->password_hash);
}

void warn(const sign_in::SignInAttempt& attempt, const users::User& user, users::WrongPassword outcome)
{
    if (outcome == users::WrongPassword::Counted)
        return;
    const std::string what = outcome == users::WrongPassword::Locked
                                 ? "is locked until " + base::iso_utc(attempt.now + users::lock_time)
                                 : "is not locked, being the last administrator who can sign in,";
    base::log::warning(fmt::format("user {} ({}) {} after {} wrong passwords in a row, the last from {}", user.id.value,
        user.username, what, users::most_failures_in_a_row, attempt.address));
}

// The same for a name that is nobody's, so that the time it takes tells nothing.
void note_wrong_guess(
    db::Database& database, const sign_in::SignInAttempt& attempt, const std::optional<users::Credentials>& found)
{
    const users::WrongPassword outcome = database.write([&](db::Transaction& tx) {
        sign_in::note_failure(tx, attempt);
        return found ? note_wrong_password(tx, found->user.id, attempt.now) : users::WrongPassword::Counted;
    });
    if (found)
        warn(attempt, found->user, outcome);
}

void refuse_while_locked(db::Connection& db, const sign_in::SignInAttempt& attempt)
{
    const auto user = users::find_user(db, attempt.username);
    if (!user || !user->is_locked(attempt.now))
        return;
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(user->locked_until - attempt.now).count();
    throw base::TooManyAttempts(
        base::Text::plural("Too many wrong passwords were typed for your user name. Try again in one minute.",
            "Too many wrong passwords were typed for your user name. Try again in {n} minutes.",
            static_cast<std::uint64_t>((seconds + 59) / 60)),
        static_cast<int>(seconds));
}

} // namespace

std::optional<RightPassword> check_sign_in(
    db::Database& database, const sign_in::SignInAttempt& attempt, const std::string& password)
{
    const auto found = [&] {
        const db::ReadLease lease = database.read();
        sign_in::check_throttle(*lease, attempt);
        return users::find_credentials(*lease, attempt.username, attempt.now);
    }();
    const sign_in::PasswordCheck result = check(found, password);
    if (result != sign_in::PasswordCheck::Wrong)
        return RightPassword{.of = *found, .is_outdated = result == sign_in::PasswordCheck::RightButOutdated};
    if (is_a_guess(password))
        note_wrong_guess(database, attempt, found);
    return std::nullopt;
}

std::optional<std::string> check_own_password(
    db::Database& database, const sign_in::SignInAttempt& attempt, const std::string& password)
{
    refuse_while_locked(*database.read(), attempt);
    const auto right = check_sign_in(database, attempt, password);
    if (!right)
        return std::nullopt;
    database.write([&](db::Transaction& tx) {
        sign_in::forget_failures(tx, attempt);
        users::note_right_password(tx, right->of, {});
    });
    return right->of.password_hash;
}

users::WrongPassword note_wrong_password(db::Transaction& tx, UserId user, base::Time at)
{
    const auto outcome = users::count_wrong_password(tx, user, at);
    if (outcome == users::WrongPassword::Locked)
        events::add_event(tx, base::act_of({}, at),
            {.subject = events::Subject::User, .subject_id = user.value, .kind = events::Kind::Locked});
    return outcome;
}

std::optional<std::string> begin_session(db::Transaction& tx, const BeginSession& input)
{
    const UserId user = input.checked.user.id;
    sign_in::forget_failures(tx, input.attempt);
    if (!users::note_right_password(tx, input.checked, input.fresh_hash))
        return std::nullopt;
    std::string token = sign_in::add_session(tx, user, input.browser, input.attempt.now);
    events::add_event(tx, base::act_of(user, input.attempt.now),
        {.subject = events::Subject::User, .subject_id = user.value, .kind = events::Kind::SignedIn});
    return token;
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
    users::remove_old_shown_passwords(tx, now);
    return sign_in::remove_expired_sessions(tx, now, rules);
}

} // namespace actions
