#pragma once
// notifications/ tells one user what happened to one service request, or to the own sign-in: read or unread. A row
// stores what happened and who did it; the sentence is made when it is shown.

#include "base/act.hpp"
#include "base/ids.hpp"
#include "base/translatable.hpp"
#include "db/connection.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace notifications {

enum class Kind : std::uint8_t
{
    LeakReported,
    LeakReopened,
    Resolved,
    Reopened,
    /// The staff commented.
    Replied,
    /// The customer commented.
    Commented,
    /// Somebody else of the staff took over an emergency that the user had.
    TakenOver,
    /// Somebody else of the staff resolved an emergency that the user had, or called it a false alarm.
    EmergencyResolved,
    EmergencyFalse,
    /// Wrong passwords were typed for the user, as many as `times`; about no service request.
    WrongPasswords,
    /// Somebody typed the right password and then wrong codes, as many as `times`; about no service request.
    WrongCodes,
    /// Somebody signed in with a browser that is new for the user, which `text` names; about no service request.
    NewDevice,
    /// A recovery code let somebody sign in; about no service request.
    RecoveryCodeUsed,
    /// The staff or a command removed the user's second factor; about no service request.
    FactorReset,
    /// Somebody asks to share an account whose holder the user is; `text` holds the end of its number. About no service
    /// request.
    AccountAsked,
    /// Somebody shares an account with the user now; as above.
    AccountShared,
    /// The user is the holder of an account now, because the holder's link ended; as above.
    AccountHeld,
    /// A sentence from another system, or from before kinds were stored: `text` holds it.
    Sentence
};

struct Notification
{
    NotificationId id;
    UserId user_id;
    /// Zero for what is_of_sign_in() or is_of_account().
    ServiceRequestId service_request_id;
    Kind kind = Kind::Sentence;
    /// Who did it; empty for the reporter of a leak who is not signed in, and for a sentence.
    std::string actor_name;
    /// The sentence itself, for Kind::Sentence; a device, for Kind::NewDevice; the account, for what is about one.
    std::string text;
    bool is_read = false;
    /// How often it happened since the user last read of it.
    std::int64_t times = 1;
    /// When it happened last.
    base::Time created_at{};
    /// The first characters of the service request's description, and its type: what its title is made from.
    std::string description_start;
    std::string type_name;
    /// The first characters of the public comment that came last with it, and how many files that has when it has no
    /// words.
    std::string comment_start;
    std::int64_t comment_files = 0;
    /// The service request's.
    std::string address;
    /// Somebody cannot leave, as the reporter of a leak answered.
    bool cannot_leave = false;

    bool is_of_sign_in() const { return kind >= Kind::WrongPasswords && kind <= Kind::FactorReset; }
    bool is_of_account() const { return kind >= Kind::AccountAsked && kind <= Kind::AccountHeld; }
    bool is_of_leak() const { return kind == Kind::LeakReported || kind == Kind::LeakReopened; }
};

/// "Ravi Patel replied on SR-00042"; with its number when it happened several times.
base::Text sentence_of(const Notification& notification);

/// What happened to which service request.
struct News
{
    ServiceRequestId service_request;
    Kind kind = Kind::Sentence;
    /// The public comment that says it.
    CommentId comment = {};
};
// An unread notification of the same kind, person and service request is renewed instead of getting a second one beside
// it: it counts the times and has the newest time and comment.

// Whoever switched off the occasion (choice.hpp) is left out, but never of an emergency.

/// Notify the customer, unless the act is the customer's own.
void notify_customer(db::Transaction& tx, const base::Act& act, const News& news);
/// Notify one active user, unless the act is their own, of what a colleague did with an emergency that they had.
void notify_user(db::Transaction& tx, const base::Act& act, UserId user, const News& news);
/// Notify the active staff who took part, without the one who acts. When none of those is left: the representatives, or
/// all staff when there is no representative either or it is an emergency. A customer's words reach somebody as long as
/// anybody of the staff wants them.
void notify_participants(db::Transaction& tx, const base::Act& act, const News& news);
/// Notify all active staff and the customer, each once, without the one who acts, whatever they chose.
void notify_staff_and_customer(db::Transaction& tx, const base::Act& act, const News& news);

/// What happened at the sign-in of one user.
struct SignInNews
{
    Kind kind = Kind::WrongPasswords;
    std::int64_t times = 1;
    /// Of NewDevice: "Firefox, Windows"; empty when not known.
    std::string_view device = {};
};
/// Notify the user of what happened at their own sign-in. An unread one of the same kind and device is renewed.
void notify_of_sign_in(db::Transaction& tx, UserId user, const SignInNews& news, base::Time at);
/// Something about an account and the person who acts.
struct AccountNews
{
    UserId user;
    Kind kind = Kind::AccountAsked;
    /// The end of its number.
    std::string_view account;
};
/// Notify one active user of it, unless the act is their own.
void notify_of_account(db::Transaction& tx, const base::Act& act, const AccountNews& news);
/// Mark what told a user that somebody asks to share an account.
void mark_ask_read(db::Transaction& tx, UserId user, UserId asker);

/// A place in a user's list.
struct Position
{
    base::Time at{};
    NotificationId id = {};
};
/// Newest first, only those before `before` (without an id: from the newest), page_size + 1 at most.
inline constexpr std::size_t page_size = 25;
std::vector<Notification> list_notifications(db::Connection& db, UserId user, const Position& before);
/// Counting stops here, so that a page costs the same for somebody who never reads: it shows "99+".
inline constexpr std::int64_t most_counted = 100;
/// The unread ones, most_counted at most.
std::int64_t count_unread(db::Connection& db, UserId user);
struct Unread
{
    std::int64_t count = 0;
    /// The sum of their times: another one when one is renewed.
    std::int64_t times = 0;

    friend bool operator==(const Unread&, const Unread&) = default;
};
/// The same of several users.
std::map<UserId, Unread> count_unread(db::Connection& db, std::span<const UserId> users);
/// When the newest unread one of the service request happened; nothing when all are read.
std::optional<base::Time> find_newest_unread(db::Connection& db, UserId user, ServiceRequestId service_request);
/// Mark all up to and including `newest`, so that one that arrived or was renewed meanwhile stays unread. Returns how
/// many.
std::int64_t mark_all_read(db::Transaction& tx, UserId user, const Position& newest);
/// Mark those of one service request up to `until`, because its page showed what happened until then. Returns how many.
std::int64_t mark_read_for(db::Transaction& tx, UserId user, ServiceRequestId service_request, base::Time until);
/// Mark those that say that an emergency is there, because the user takes care of it; what a customer wrote about it
/// stays unread.
void mark_emergency_read(db::Transaction& tx, const base::Act& act, ServiceRequestId service_request);
/// Remove those of comments that are not newer than `last`.
void remove_comment_news(db::Transaction& tx, base::Time last);

} // namespace notifications
