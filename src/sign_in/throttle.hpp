#pragma once

#include "base/time.hpp"
#include "db/connection.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sign_in {

/// Somebody tries a password: from where, as whom, when.
struct SignInAttempt
{
    /// The subscriber's network (http::subscriber_of): an IPv4 address, or the /64 of an IPv6 address.
    std::string address;
    std::string_view username;
    base::Time now{};
    /// The browser, as device_hash() names it; empty when it shows no cookie of ours.
    std::string device = {};
};

/// Who makes the attempt. A limit binds whoever guesses: nobody else can make a known device wait.
enum class Guesser : std::uint8_t
{
    /// This user has signed in with this browser before.
    KnownDevice,
    Stranger,
    /// A stranger for a user whose password is a temporary one, which nobody guesses: wrong passwords of others don't
    /// count, so that the staff can always let somebody in.
    StrangerWithTemporary
};

/// Wrong passwords are counted for a known device, and for strangers by network and user name, by network, and by user
/// name, by all nodes of a site together. Each count has a number that is free; each further failure then makes those
/// that it counts wait for longer, up to a limit (throttle.cpp). A wait ends by itself and is not prolonged by attempts
/// during it. Throws base::TooManyAttempts with the seconds to wait.
void check_throttle(db::Connection& db, const SignInAttempt& attempt, Guesser guesser);

/// What a wrong password began.
struct Waits
{
    /// Strangers have to wait before they try this user name, from now on.
    bool of_name = false;
    /// Strangers of this network have to wait before they try any.
    bool of_network = false;
};
/// Count a wrong password. Call first of all in the transaction.
Waits note_failure(db::Transaction& tx, const SignInAttempt& attempt, Guesser guesser);
/// Forget the wrong ones of this device, and of this network for this user name, after a right password. Call first of
/// all in the transaction.
void forget_failures(db::Transaction& tx, const SignInAttempt& attempt);

/// Until when strangers wait before they try this user name; nothing when they need not.
std::optional<base::Time> find_wait(db::Connection& db, std::string_view username, base::Time now);
/// Forget the wrong passwords of strangers for this user name. False when nobody had to wait for it.
bool end_wait(db::Transaction& tx, std::string_view username, base::Time now);

/// Remove counts that have ended; returns how many rows.
std::int64_t remove_old_failures(db::Transaction& tx, base::Time now);

} // namespace sign_in
