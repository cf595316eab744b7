#pragma once

#include <cstdint>
#include <string_view>

namespace events {

/// What happened. kind.cpp holds the one table of the names that the database stores.
enum class Kind : std::uint8_t
{
    // Of service requests.
    Submitted,
    Commented,
    Resolved,
    Reopened,
    Attached,
    /// Somebody of the staff takes care of an emergency.
    Taken,
    /// Somebody of the staff takes care of an emergency instead of another one, whose name before_value holds
    /// and whose id after_value.
    TakenOver,
    /// Who took care of an emergency cannot go on; nobody has it.
    GivenBack,
    /// An emergency was resolved as a false alarm; after_value holds the reason, before_value the id of the colleague
    /// who had it.
    FalseAlarm,
    /// Somebody resolved an emergency and said that everybody is safe; after_value says how they know, before_value as
    /// above.
    MadeSafe,
    /// Somebody of the staff opened it after the customer commented.
    ReplyRead,
    /// Somebody of the staff wrote down what a caller asked for.
    WrittenDown,
    /// Somebody of the staff withdrew the private link of a leak report.
    LinkWithdrawn,
    /// Somebody queued a mail once more; after_value holds to whom. Of users too.
    MailedAgain,
    // Of users and accounts.
    Created,
    /// Both values hold the details (events/changes.hpp).
    Changed,
    RoleChanged,
    Activated,
    Deactivated,
    Linked,
    Unlinked,
    // Of accounts only; after_value holds who asks.
    /// Somebody who knows number and postal code asks the holder to share the account.
    AskedToShare,
    AskDeclined,
    /// Staff ended an ask.
    AskEnded,
    /// The holder's link ended, and after_value is the holder now.
    HolderChanged,
    /// The actor lets everybody linked see the own service requests of the account, or no longer.
    SharingBegan,
    SharingEnded,
    // Of users only.
    /// after_value holds the device, such as "Firefox, Windows", before_value "new" when it was new for the user; both
    /// are empty in events from before.
    SignedIn,
    /// The user ended one of the own sessions, whose device after_value holds, or all others (before_value "others").
    SessionsEnded,
    PasswordChanged,
    PasswordReset,
    /// No longer written: wrong passwords locked a user.
    Locked,
    /// Strangers need not wait any more before they try this user name.
    Unlocked,
    /// The user signed in or confirmed the password after wrong ones, whose number after_value holds.
    WrongPasswords,
    /// The user signed in with a code after wrong ones, whose number after_value holds.
    WrongCodes,
    /// The user signs in with a second factor from now on.
    FactorOn,
    FactorOff,
    /// Somebody else removed the user's second factor, because the phone is lost.
    FactorReset,
    /// New recovery codes; those from before count no longer.
    RecoveryCodes,
    /// A recovery code let somebody sign in.
    RecoveryCodeUsed,
    /// Of exports; after_value holds the filter.
    Exported,
    /// A name that this version does not know: a newer node of the same site wrote it. Never written, never shown.
    Unknown
};

/// The name in the database. Throws std::logic_error for Unknown.
std::string_view kind_name(Kind kind);
/// Unknown for any other name.
Kind parse_kind(std::string_view name);

/// True for what changes who has an emergency.
inline bool is_of_taking(Kind kind)
{
    return kind == Kind::Taken || kind == Kind::TakenOver || kind == Kind::GivenBack;
}

/// True for what changes the status that a customer sees, from the beginning on.
inline bool is_of_status(Kind kind)
{
    return kind == Kind::Submitted || kind == Kind::Resolved || kind == Kind::Reopened;
}

} // namespace events
