#pragma once
// comments/ is the conversation on a service request: public ones for both sides, internal ones for staff only.

#include "base/ids.hpp"
#include "base/time.hpp"
#include "base/visitor.hpp"
#include "db/connection.hpp"

#include <string>
#include <vector>

namespace comments {

inline constexpr std::size_t longest_text = 5000;

struct Comment
{
    CommentId id;
    ServiceRequestId service_request_id;
    UserId author_id;
    /// Empty for the reporter of a leak without sign-in.
    std::string author_name;
    bool author_is_staff = false;
    std::string text;
    base::Visibility visibility = base::Visibility::Public;
    base::Time created_at{};
};

struct NewComment
{
    ServiceRequestId service_request_id;
    std::string text;
    base::Visibility visibility = base::Visibility::Public;
};

/// Adds the row, raises the service request's comment count and updated_at (not its version), adds the "commented"
/// event; staff become participants. A guest is the reporter of a leak. Notifications are the caller's next step
/// (notifications::notify_of_comment).
CommentId add_comment(db::Transaction& tx, const base::Visitor& by, const NewComment& comment, base::Time now);
/// Oldest first; internal ones only when `deepest` is Internal.
std::vector<Comment> list_comments(db::Connection& db, ServiceRequestId service_request, base::Visibility deepest);
/// Throws NotFound.
Comment get_comment(db::Connection& db, CommentId id);

} // namespace comments
