#pragma once
// notifications/ tells one user what happened to one service request: read or unread. A row stores what happened and
// who did it; the sentence is made when it is shown.

#include "base/act.hpp"
#include "base/ids.hpp"
#include "base/translatable.hpp"
#include "db/connection.hpp"

#include <cstdint>
#include <map>
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
    /// A sentence from another system, or from before kinds were stored: `text` holds it.
    Sentence
};

struct Notification
{
    NotificationId id;
    UserId user_id;
    ServiceRequestId service_request_id;
    Kind kind = Kind::Sentence;
    /// Who did it; empty for the reporter of a leak who is not signed in, and for a sentence.
    std::string actor_name;
    /// The sentence itself, for Kind::Sentence alone.
    std::string text;
    bool is_read = false;
    base::Time created_at{};
};

/// "Ravi Patel replied on SR-00042".
base::Text sentence_of(const Notification& notification);

/// What happened to which service request.
struct News
{
    ServiceRequestId service_request;
    Kind kind = Kind::Sentence;
};
/// Notify the customer, unless the act is the customer's own.
void notify_customer(db::Transaction& tx, const base::Act& act, const News& news);
/// Notify the active staff who took part, or all active staff when none of those is left, without the one who acts: a
/// customer's words always reach somebody.
void notify_participants(db::Transaction& tx, const base::Act& act, const News& news);
/// Notify all active staff and the customer, each once, without the one who acts.
void notify_staff_and_customer(db::Transaction& tx, const base::Act& act, const News& news);

/// Newest first, only those before `before` (zero: from the newest), page_size + 1 at most.
inline constexpr std::size_t page_size = 25;
std::vector<Notification> list_notifications(db::Connection& db, UserId user, NotificationId before);
/// Counting stops here, so that a page costs the same for somebody who never reads: it shows "99+".
inline constexpr std::int64_t most_counted = 100;
/// The unread ones, most_counted at most.
std::int64_t count_unread(db::Connection& db, UserId user);
/// The same of several users.
std::map<UserId, std::int64_t> count_unread(db::Connection& db, std::span<const UserId> users);
/// Mark one of the user's own and return what it is about. Throws NotFound for another's.
ServiceRequestId mark_read(db::Transaction& tx, UserId user, NotificationId id);
/// Mark all up to and including `newest`, so that one that arrived meanwhile stays unread. Returns how many.
std::int64_t mark_all_read(db::Transaction& tx, UserId user, NotificationId newest);
/// Mark those of one service request, because its page was opened. Returns how many.
std::int64_t mark_read_for(db::Transaction& tx, UserId user, ServiceRequestId service_request);
/// Remove those of comments that are not newer than `last`.
void remove_comment_news(db::Transaction& tx, base::Time last);

} // namespace notifications
