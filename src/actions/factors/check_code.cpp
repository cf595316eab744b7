#include "actions/factors/check_code.hpp"

#include "base/log.hpp"
#include "base/text.hpp"
#include "events/event.hpp"
#include "notifications/notification.hpp"
#include "sign_in/factor/recovery_code.hpp"
#include "sign_in/factor/totp.hpp"
#include "sign_in/factor/typed_code.hpp"
#include "sign_in/known_device.hpp"

namespace actions {

namespace {

CheckedCode checked_app_code(const sign_in::SecondFactor& factor, const TypedCode& typed, base::Time now)
{
    CheckedCode checked{.factor = factor};
    const auto step = sign_in::find_totp_step(factor.secret, typed.code, now);
    // Nothing is said of the step to come: its code would be worth something.
    if (!step && sign_in::has_just_expired(factor.secret, typed.code, now))
        checked.kind = CheckedCode::Kind::Late;
    if (!step)
        return checked;
    checked.step = *step;
    checked.kind = *step > factor.last_step ? CheckedCode::Kind::App : CheckedCode::Kind::Used;
    return checked;
}

CheckedCode checked_recovery_code(
    db::Database& database, UserId user, const sign_in::SecondFactor& factor, const TypedCode& typed)
{
    CheckedCode checked{.factor = factor};
    checked.recovery_hash = sign_in::hash_recovery_code(typed.recovery, factor.recovery_salt);
    if (sign_in::has_recovery_code(*database.read(), user, checked.recovery_hash))
        checked.kind = CheckedCode::Kind::Recovery;
    return checked;
}

void log_wrong_code(
    const sign_in::SignInAttempt& attempt, sign_in::Guesser guesser, UserId user, const sign_in::Waits& begun)
{
    const auto about = static_cast<std::uint64_t>(user.value);
    base::log::security({.event = "wrong_code",
        .about = about,
        .address = attempt.address,
        .detail = guesser == sign_in::Guesser::KnownDevice ? "known_device" : "new_device"});
    if (begun.of_network)
        base::log::security({.event = "network_slowed", .address = attempt.address});
    if (begun.of_name)
        base::log::security({.event = "user_name_slowed", .about = about, .address = attempt.address});
}

} // namespace

TypedCode read_code(std::string_view code, std::string_view recovery)
{
    const std::string_view typed = code.empty() ? recovery : code;
    const auto kind = sign_in::kind_of_code(typed);
    const bool is_recovery = kind == sign_in::CodeKind::Unknown ? code.empty() : kind == sign_in::CodeKind::Recovery;
    return is_recovery ? TypedCode{.recovery = typed} : TypedCode{.code = typed};
}

CheckedCode check_code(
    db::Database& database, const sign_in::SignInAttempt& attempt, UserId user, const TypedCode& typed)
{
    auto guesser = sign_in::Guesser::Stranger;
    std::optional<sign_in::SecondFactor> factor;
    {
        const db::ReadLease lease = database.read();
        if (sign_in::is_known_device(*lease, attempt.device, user))
            guesser = sign_in::Guesser::KnownDevice;
        sign_in::check_throttle(*lease, attempt, guesser);
        factor = sign_in::find_second_factor(*lease, user);
    }
    // Reset since the password was typed: the sign-in begins anew.
    if (!factor || typed.empty())
        return {};
    CheckedCode checked = typed.recovery.empty() ? checked_app_code(*factor, typed, attempt.now)
                                                 : checked_recovery_code(database, user, *factor, typed);
    if (checked.kind == CheckedCode::Kind::Wrong) {
        const auto begun =
            database.write([&](db::Transaction& tx) { return note_wrong_code(tx, attempt, guesser, user); });
        log_wrong_code(attempt, guesser, user, begun);
    }
    return checked;
}

bool use_code(db::Transaction& tx, UserId user, const CheckedCode& code, base::Time at)
{
    if (code.kind == CheckedCode::Kind::App)
        return sign_in::mark_code_used(tx, user, code.factor.secret, code.step);
    if (code.kind != CheckedCode::Kind::Recovery || !sign_in::mark_recovery_code_used(tx, user, code.recovery_hash))
        return false;
    events::add_event(tx, base::act_of(user, at),
        {.subject = events::Subject::User, .subject_id = user.value, .kind = events::Kind::RecoveryCodeUsed});
    notifications::notify_of_sign_in(tx, user, {.kind = notifications::Kind::RecoveryCodeUsed}, at);
    return true;
}

// The failures first, as everywhere: two nodes then never wait for each other.
sign_in::Waits note_wrong_code(
    db::Transaction& tx, const sign_in::SignInAttempt& attempt, sign_in::Guesser guesser, UserId user)
{
    const sign_in::Waits begun = sign_in::note_failure(tx, attempt, guesser);
    sign_in::count_wrong_code(tx, user);
    return begun;
}

} // namespace actions
