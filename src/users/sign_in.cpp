#include "users/sign_in.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "events/event.hpp"
#include "users/password.hpp"
#include "users/user_row.hpp"

#include <fmt/format.h>

#include <chrono>

namespace users {

namespace {

bool lock(db::Transaction& tx, UserId user, base::Time now)
{
    return tx.execute(R"(
        UPDATE auth_user SET failed_sign_ins = 0, locked_until = $2
         WHERE id = $1 AND failed_sign_ins >= $4
           AND (role <> 'administrator' OR EXISTS (
                SELECT 1 FROM auth_user other
                 WHERE other.role = 'administrator' AND other.is_active = 1 AND other.id <> $1
                   AND NOT (other.locked_until > $3 AND other.locked_until <= $5))))",
               user, base::Time(now + lock_time), now, most_failures_in_a_row,
               base::Time(now + longest_lock_ahead)) == 1;
}

// An empty one is a slip and no guess: it is checked, and counted, against nothing.
bool is_a_guess(const std::string& password)
{
    return !password.empty() && password.size() <= most_password_bytes;
}

PasswordCheck check(const std::optional<Credentials>& found, const std::string& password)
{
    if (!is_a_guess(password))
        return PasswordCheck::Wrong;
    if (!found) {
        spend_password_check(password);
        return PasswordCheck::Wrong;
    }
    return check_password(password, found->password_hash);
}

void warn(const SignInAttempt& attempt, const User& user, WrongPassword outcome)
{
    if (outcome == WrongPassword::Counted)
        return;
    const std::string what = outcome == WrongPassword::Locked
                                 ? "is locked until " + base::iso_utc(attempt.now + lock_time)
                                 : "is not locked, being the last administrator who can sign in,";
    base::log::warning(fmt::format("request {}: user {} ({}) {} after {} wrong passwords in a row, the last from {}",
        attempt.request_id, user.id.value, user.username, what, most_failures_in_a_row, attempt.address));
}

// The same for a name that is nobody's, so that the time it takes tells nothing.
void note_wrong_guess(db::Database& database, const SignInAttempt& attempt, const std::optional<Credentials>& found)
{
    const WrongPassword outcome = database.write([&](db::Transaction& tx) {
        note_failure(tx, attempt);
        return found ? note_wrong_password(tx, found->user.id, attempt.now) : WrongPassword::Counted;
    });
    if (found)
        warn(attempt, found->user, outcome);
}

void refuse_while_locked(db::Connection& db, const SignInAttempt& attempt)
{
    const auto user = find_user(db, attempt.username);
    if (!user || !user->is_locked(attempt.now))
        return;
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(user->locked_until - attempt.now).count();
    throw base::TooManyAttempts(
        fmt::format("Too many wrong passwords were typed for you. Try again in {} minutes.", (seconds + 59) / 60),
        static_cast<int>(seconds));
}

} // namespace

std::optional<Credentials> find_credentials(db::Connection& db, std::string_view username, base::Time now)
{
    auto found = db.query(R"(
        SELECT id, username, first_name, last_name, email, phone, role, is_active, must_change_password, date_joined,
               last_login, version, locked_until, password
          FROM auth_user WHERE username = $1 AND is_active = 1)",
                       username)
                     .first([](const db::Row& row) {
                         return Credentials{.user = user_from_row(row), .password_hash = row.string(13)};
                     });
    if (found && found->user.is_locked(now))
        return std::nullopt;
    return found;
}

WrongPassword note_wrong_password(db::Transaction& tx, UserId user, base::Time now)
{
    const std::int64_t before = tx.query("SELECT failed_sign_ins FROM auth_user WHERE id = $1", user).integer();
    const bool may_lock = before + 1 >= most_failures_in_a_row;
    // So that of two administrators under attack at two nodes one stays.
    if (may_lock)
        hold_active_administrators(tx);
    tx.apply("UPDATE auth_user SET failed_sign_ins = failed_sign_ins + 1 WHERE id = $1", user);
    if (!may_lock)
        return WrongPassword::Counted;
    if (lock(tx, user, now)) {
        events::add_event(
            tx, {.subject = events::Subject::User, .subject_id = user.value, .actor_id = {}, .kind = "locked"}, now);
        return WrongPassword::Locked;
    }
    const auto begun_again =
        tx.execute("UPDATE auth_user SET failed_sign_ins = 0 WHERE id = $1 AND failed_sign_ins >= $2", user,
            most_failures_in_a_row);
    return begun_again == 1 ? WrongPassword::NotLocked : WrongPassword::Counted;
}

bool note_right_password(db::Transaction& tx, const Credentials& checked, std::string_view fresh_hash)
{
    // The hash is compared where it is written, so that a sign-in under way outlives no change of the password and
    // brings no replaced one back. It also locks the row: a change that comes later ends the session begun here.
    return tx.execute(R"(
        UPDATE auth_user SET failed_sign_ins = 0, password = $2 WHERE id = $1 AND password = $3 AND is_active = 1)",
               checked.user.id, fresh_hash.empty() ? std::string_view(checked.password_hash) : fresh_hash,
               checked.password_hash) == 1;
}

std::optional<RightPassword> check_sign_in(
    db::Database& database, const SignInAttempt& attempt, const std::string& password)
{
    const auto found = [&] {
        const db::ReadLease lease = database.read();
        check_throttle(*lease, attempt);
        return find_credentials(*lease, attempt.username, attempt.now);
    }();
    const PasswordCheck result = check(found, password);
    if (result != PasswordCheck::Wrong)
        return RightPassword{.of = *found, .is_outdated = result == PasswordCheck::RightButOutdated};
    if (is_a_guess(password))
        note_wrong_guess(database, attempt, found);
    return std::nullopt;
}

std::optional<std::string> check_own_password(
    db::Database& database, const SignInAttempt& attempt, const std::string& password)
{
    refuse_while_locked(*database.read(), attempt);
    const auto right = check_sign_in(database, attempt, password);
    if (!right)
        return std::nullopt;
    database.write([&](db::Transaction& tx) {
        forget_failures(tx, attempt);
        note_right_password(tx, right->of, {});
    });
    return right->of.password_hash;
}

} // namespace users
