#pragma once
// actions/factors/ are the verbs of the second factor of the sign-in: who shows it, turns it on, and loses it.

#include "base/translatable.hpp"
#include "db/database.hpp"
#include "sign_in/factor/second_factor.hpp"
#include "sign_in/throttle.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace actions {

/// What somebody typed besides the password: one of them.
struct TypedCode
{
    std::string_view code = {};
    std::string_view recovery = {};

    bool empty() const { return code.empty() && recovery.empty(); }
};

/// What was typed into the field for the app's code and into the one for a recovery code; each counts as what it looks
/// like. The app's code first.
TypedCode read_code(std::string_view code, std::string_view recovery);

/// A code that was right when it was checked; it counts by use_code() alone.
struct CheckedCode
{
    enum class Kind : std::uint8_t
    {
        Wrong,
        /// Of the app, but it has counted before.
        Used,
        /// Of the app, but of the step before the present one.
        Late,
        App,
        Recovery
    };
    Kind kind = Kind::Wrong;
    sign_in::SecondFactor factor = {};
    std::int64_t step = 0;
    std::string recovery_hash = {};

    bool is_right() const { return kind == Kind::App || kind == Kind::Recovery; }
};

/// The message for a code that has counted before.
inline constexpr base::MessageId code_used_before =
    base::MessageId("This code was used a moment ago. Wait for the next one.");
inline constexpr base::MessageId code_expired =
    base::MessageId("That code has just expired. Type the one that the app shows now.");

/// Check what the user typed. A wrong code is a guess like a wrong password: it counts for the same limits and is
/// logged; a late one is no guess. Throws base::TooManyAttempts. On a lane for passwords only; the caller holds no
/// connection.
CheckedCode check_code(
    db::Database& database, const sign_in::SignInAttempt& attempt, UserId user, const TypedCode& typed);
/// Let a right code count: the step of the app, or the recovery code, of which the history says so and the user is
/// notified. False, and nothing is done, when it has counted meanwhile.
bool use_code(db::Transaction& tx, UserId user, const CheckedCode& code, base::Time at);
/// Count a wrong code.
sign_in::Waits note_wrong_code(
    db::Transaction& tx, const sign_in::SignInAttempt& attempt, sign_in::Guesser guesser, UserId user);

} // namespace actions
