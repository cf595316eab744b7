#include "sign_in/throttle.hpp"
#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/utf8.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

namespace sign_in {

namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

/// How many wrong passwords one key is allowed, and what follows.
struct Budget
{
    std::int64_t free;
    /// After the last free one; doubled by each further one.
    milliseconds first_wait;
    milliseconds longest_wait;
    /// From the first failure until the count begins again.
    milliseconds lasts;
};

// A device that was left unlocked is no better than its session; but its owner must never wait for long.
constexpr Budget of_device{10, minutes(1), minutes(1), minutes(1)};
constexpr Budget of_pair{10, minutes(1), minutes(15), hours(1)};
// An office or a mobile network is one address for thousands of people.
constexpr Budget of_network{30, minutes(1), minutes(15), minutes(10)};
// From everywhere: a hundred addresses are as easy to have as one. About a hundred guesses a day (SP 800-63B-4, 3.2.2).
constexpr Budget of_name{20, minutes(1), minutes(15), hours(24)};

struct Key
{
    std::string hash;
    Budget budget;
    base::Text (*words)(std::uint64_t count);
};

base::Text words_for_device(std::uint64_t count)
{
    return base::Text::plural("Too many wrong passwords were typed here. Wait one minute, then try again.",
        "Too many wrong passwords were typed here. Wait {n} minutes, then try again.", count);
}

base::Text words_for_pair(std::uint64_t count)
{
    return base::Text::plural("Too many wrong passwords were typed. Wait one minute, then try again.",
        "Too many wrong passwords were typed. Wait {n} minutes, then try again.", count);
}

base::Text words_for_network(std::uint64_t count)
{
    return base::Text::plural(
        "Too many wrong passwords came from your internet connection. Wait one minute, then try again. A device where "
        "you signed in before need not wait.",
        "Too many wrong passwords came from your internet connection. Wait {n} minutes, then try again. A device where "
        "you signed in before need not wait.",
        count);
}

base::Text words_for_name(std::uint64_t count)
{
    return base::Text::plural(
        "Too many wrong passwords were typed for this user name, maybe by somebody else. Wait one minute, then try "
        "again. A device where you signed in before need not wait.",
        "Too many wrong passwords were typed for this user name, maybe by somebody else. Wait {n} minutes, then try "
        "again. A device where you signed in before need not wait.",
        count);
}

// Hashed, because people type their password into the wrong field; and so every key is short.
std::string hash_of(std::string_view kind, std::string_view who, std::string_view username)
{
    std::string text(kind);
    text += '\n';
    text += who;
    text += '\n';
    text += base::caseless_name(username);
    return base::hex(base::sha256(text));
}

Key key_of_device(const SignInAttempt& attempt)
{
    return {hash_of("device", attempt.device, attempt.username), of_device, words_for_device};
}

Key key_of_pair(const SignInAttempt& attempt)
{
    return {hash_of("pair", attempt.address, attempt.username), of_pair, words_for_pair};
}

Key key_of_network(const SignInAttempt& attempt)
{
    return {hash_of("network", attempt.address, {}), of_network, words_for_network};
}

Key key_of_name(std::string_view username)
{
    return {hash_of("name", {}, username), of_name, words_for_name};
}

/// Until when nobody with this key may try; zero when somebody may.
base::Time find_block(db::Connection& db, const Key& key, base::Time now)
{
    const base::Time until = db.query("SELECT blocked_until FROM sign_in_failure WHERE key = $1", key.hash)
                                 .first([](const db::Row& row) { return row.time(0); })
                                 .value_or(base::Time{});
    // One that is further ahead than any is from before a clock was put back; another node's clock may be ahead a bit.
    return until > now && until <= now + 2 * key.budget.longest_wait ? until : base::Time{};
}

/// How many failures the present count has with this one.
std::int64_t add_failure(db::Transaction& tx, const Key& key, base::Time now)
{
    // In one statement, so that failures at several nodes at once are all counted. A count that began later than now
    // is from before a clock was put back.
    return tx
        .query(R"(
        INSERT INTO sign_in_failure (key, failures, first_at, ends_at, blocked_until) VALUES ($1, 1, $2, $3, 0)
        ON CONFLICT (key) DO UPDATE SET
            failures = CASE WHEN sign_in_failure.ends_at > $2 AND sign_in_failure.first_at <= $2
                            THEN sign_in_failure.failures + 1 ELSE 1 END,
            first_at = CASE WHEN sign_in_failure.ends_at > $2 AND sign_in_failure.first_at <= $2
                            THEN sign_in_failure.first_at ELSE $2 END,
            ends_at = CASE WHEN sign_in_failure.ends_at > $2 AND sign_in_failure.first_at <= $2
                           THEN sign_in_failure.ends_at ELSE $3 END
        RETURNING failures)",
            key.hash, now, base::Time(now + key.budget.lasts))
        .integer();
}

milliseconds wait_after(const Budget& budget, std::int64_t failures)
{
    // Ten times doubled, a minute is longer than any limit.
    const auto doubled = std::min<std::int64_t>(failures - budget.free, 10);
    return std::min(budget.first_wait * (std::int64_t{1} << doubled), budget.longest_wait);
}

/// Count a failure; true when it is the first one that makes somebody wait.
bool fail(db::Transaction& tx, const Key& key, base::Time now)
{
    const std::int64_t failures = add_failure(tx, key, now);
    if (failures < key.budget.free)
        return false;
    tx.apply("UPDATE sign_in_failure SET blocked_until = $2 WHERE key = $1", key.hash,
        base::Time(now + wait_after(key.budget, failures)));
    return failures == key.budget.free;
}

void check(db::Connection& db, const Key& key, base::Time now)
{
    const base::Time until = find_block(db, key, now);
    if (until == base::Time{})
        return;
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(until - now).count();
    throw base::TooManyAttempts(key.words(static_cast<std::uint64_t>((seconds + 59) / 60)), static_cast<int>(seconds));
}

} // namespace

void check_throttle(db::Connection& db, const SignInAttempt& attempt, Guesser guesser)
{
    if (guesser == Guesser::KnownDevice) {
        check(db, key_of_device(attempt), attempt.now);
        return;
    }
    check(db, key_of_pair(attempt), attempt.now);
    check(db, key_of_network(attempt), attempt.now);
    if (guesser == Guesser::Stranger)
        check(db, key_of_name(attempt.username), attempt.now);
}

// Always in this order, and all before the user's row: two nodes then never wait for each other.
Waits note_failure(db::Transaction& tx, const SignInAttempt& attempt, Guesser guesser)
{
    if (guesser == Guesser::KnownDevice) {
        fail(tx, key_of_device(attempt), attempt.now);
        return {};
    }
    fail(tx, key_of_pair(attempt), attempt.now);
    Waits begun;
    begun.of_network = fail(tx, key_of_network(attempt), attempt.now);
    begun.of_name = fail(tx, key_of_name(attempt.username), attempt.now);
    return begun;
}

void forget_failures(db::Transaction& tx, const SignInAttempt& attempt)
{
    tx.apply("DELETE FROM sign_in_failure WHERE key = $1", key_of_device(attempt).hash);
    tx.apply("DELETE FROM sign_in_failure WHERE key = $1", key_of_pair(attempt).hash);
}

std::optional<base::Time> find_wait(db::Connection& db, std::string_view username, base::Time now)
{
    const base::Time until = find_block(db, key_of_name(username), now);
    return until == base::Time{} ? std::nullopt : std::optional(until);
}

bool end_wait(db::Transaction& tx, std::string_view username, base::Time now)
{
    return tx.execute("DELETE FROM sign_in_failure WHERE key = $1 AND blocked_until > $2", key_of_name(username).hash,
               now) == 1;
}

std::int64_t remove_old_failures(db::Transaction& tx, base::Time now)
{
    return tx.execute("DELETE FROM sign_in_failure WHERE ends_at <= $1 AND blocked_until <= $1", now);
}

} // namespace sign_in
