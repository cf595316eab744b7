#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace outbox {

/// What a mail tells. kind.cpp holds the one table of the names that the database stores. Another kind is a row there,
/// one in jobs/mail_texts.cpp (its subject), and mostly a pair of templates/mail/NAME.html and NAME.txt.
enum class Kind : std::uint8_t
{
    // About a service request, to its customer.
    RequestReceived,
    LeakReceived,
    /// The staff wrote a public comment.
    Replied,
    Resolved,
    Reopened,
    // To the staff who asked for it.
    /// A customer wrote on a service request that they work on, or opened it again.
    CustomerWrote,
    // `secret` is who did it.
    /// A colleague took over an emergency that its reader had.
    TakenOver,
    /// A colleague resolved an emergency that its reader had, or called it a false alarm.
    EmergencyResolved,
    EmergencyFalse,
    // To both.
    /// Once a day: what its reader wants to read together.
    Digest,
    // About the own sign-in. `secret` is given in brackets.
    /// Somebody wants to use this email (the path of the link).
    ConfirmEmail,
    /// Somebody asked for a new password (the path of the link).
    PasswordReset,
    PasswordChanged,
    /// Somebody registered with an email, or wants to change the own one to it, that has a user already.
    EmailTaken,
    /// The second step of the sign-in was turned off, by the user or by an administrator.
    FactorOff,
    /// The user turned the second step on.
    FactorOn,
    /// The email of the user is another one now; for the old address.
    EmailChanged,
    /// Somebody signed in with a device that was not known (its name, such as "Firefox on Windows").
    NewDevice,
    /// A customer closed the own profile; for the address that it had.
    ProfileClosed,
    // About who shares an account; in brackets: account_secret().
    /// Somebody asks the holder to share it (who).
    AccountAsked,
    /// Somebody shares it now (with whom).
    AccountShared
};

/// The name in the database.
std::string_view kind_name(Kind kind);
/// Nothing for any other name: a newer node of the same site may have written it.
std::optional<Kind> parse_kind(std::string_view name);
/// False for what may be said only once, because its secret is gone afterwards, and for a daily mail: each mail that it
/// told is repeated by itself.
bool can_be_repeated(Kind kind);
/// True for what tells one of the staff what a colleague did with their emergency.
bool is_of_held_emergency(Kind kind);
/// True for what says something about the own sign-in or accounts.
bool is_of_security(Kind kind);

} // namespace outbox
