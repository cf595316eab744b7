#include "sign_in/throttle.hpp"
#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/utf8.hpp"

#include <algorithm>
#include <chrono>
#include <string>

namespace sign_in {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds window = std::chrono::minutes(1);
constexpr std::int64_t most_failures = 10;
constexpr std::int64_t most_failures_under_attack = 3;
constexpr std::int64_t failures_of_an_attack = 30;

// Hashed, because people type their password into the wrong field; and so every key is short.
std::string key_of_name(const SignInAttempt& attempt)
{
    return base::hex(base::sha256(base::caseless_name(attempt.username)));
}

std::string key_of_pair(const SignInAttempt& attempt)
{
    std::string pair(attempt.address);
    pair += '\n';
    pair += base::caseless_name(attempt.username);
    return base::hex(base::sha256(pair));
}

/// Wrong passwords within a minute of the first one, for one key.
struct Count
{
    std::int64_t failures = 0;
    base::Time first_at{};
    base::Time blocked_until{};
};

Count find_count(db::Connection& db, const std::string& key, base::Time now)
{
    Count count =
        db.query("SELECT failures, first_at, blocked_until FROM sign_in_failure WHERE key = $1", key)
            .first([](const db::Row& row) {
                return Count{.failures = row.integer(0), .first_at = row.time(1), .blocked_until = row.time(2)};
            })
            .value_or(Count{});
    // Not before it began either: a clock that was put back starts a new minute.
    if (now < count.first_at || now - count.first_at >= window)
        count.failures = 0;
    // Not further than a minute ahead, for the same reason.
    if (count.blocked_until - now > window)
        count.blocked_until = {};
    return count;
}

void add_failure(db::Transaction& tx, const std::string& key, base::Time now)
{
    // In one statement, so that failures at several nodes at once are all counted.
    tx.apply(R"(
        INSERT INTO sign_in_failure (key, failures, first_at, blocked_until) VALUES ($1, 1, $2, 0)
        ON CONFLICT (key) DO UPDATE SET
            failures = CASE WHEN sign_in_failure.first_at > $3 AND sign_in_failure.first_at <= $2
                            THEN sign_in_failure.failures + 1 ELSE 1 END,
            first_at = CASE WHEN sign_in_failure.first_at > $3 AND sign_in_failure.first_at <= $2
                            THEN sign_in_failure.first_at ELSE $2 END,
            blocked_until = CASE WHEN sign_in_failure.first_at > $3 AND sign_in_failure.first_at <= $2
                                      AND sign_in_failure.failures + 1 >= $4
                                 THEN $5 ELSE sign_in_failure.blocked_until END)",
        key, now, base::Time(now - window), most_failures, base::Time(now + window));
}

[[noreturn]] void refuse(milliseconds wait)
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
    throw base::TooManyAttempts(
        base::Text::plural("Too many wrong passwords were typed. Wait one minute, then try again.",
            "Too many wrong passwords were typed. Wait {n} minutes, then try again.",
            static_cast<std::uint64_t>((seconds + 59) / 60)),
        static_cast<int>(seconds));
}

} // namespace

void check_throttle(db::Connection& db, const SignInAttempt& attempt)
{
    const Count pair = find_count(db, key_of_pair(attempt), attempt.now);
    if (attempt.now < pair.blocked_until)
        refuse(pair.blocked_until - attempt.now);
    if (pair.failures < most_failures_under_attack)
        return;
    if (find_count(db, key_of_name(attempt), attempt.now).failures > failures_of_an_attack)
        refuse(pair.first_at + window - attempt.now);
}

// Always the pair before the name and both before the user's row: two nodes then never wait for each other.
void note_failure(db::Transaction& tx, const SignInAttempt& attempt)
{
    add_failure(tx, key_of_pair(attempt), attempt.now);
    add_failure(tx, key_of_name(attempt), attempt.now);
}

void forget_failures(db::Transaction& tx, const SignInAttempt& attempt)
{
    tx.apply("DELETE FROM sign_in_failure WHERE key = $1", key_of_pair(attempt));
}

std::int64_t remove_old_failures(db::Transaction& tx, base::Time now)
{
    return tx.execute(
        "DELETE FROM sign_in_failure WHERE first_at <= $1 AND blocked_until <= $2", base::Time(now - window), now);
}

} // namespace sign_in
