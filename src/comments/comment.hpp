#pragma once
// comments/ is the conversation on a service request: public ones for both sides, internal ones for staff only.

#include "base/act.hpp"
#include "base/ids.hpp"
#include "db/connection.hpp"

#include <optional>
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
    bool has_files = false;
};

/// Add the row. Throws NotFound when the act's visitor may not see the service request, or is a customer and the
/// comment is internal, or brings files to another customer's service request: all is asked of the database in the same
/// statement.
CommentId add_comment(db::Transaction& tx, const base::Act& act, const NewComment& comment);
/// Oldest first; internal ones only when `deepest` is Internal.
std::vector<Comment> list_comments(db::Connection& db, ServiceRequestId service_request, base::Visibility deepest);
/// The newest ones, oldest of them first; `limit` at most.
std::vector<Comment> list_newest_comments(
    db::Connection& db, ServiceRequestId service_request, base::Visibility deepest, std::size_t limit);
/// When the staff wrote public ones, in order.
std::vector<base::Time> list_answer_times(db::Connection& db, ServiceRequestId service_request);
/// The newest public one of the customer after `seen`; nothing when there is none.
std::optional<Comment> find_newest_of_customer(db::Connection& db, ServiceRequestId service_request, CommentId seen);
/// The newest public one of the staff but `me` after `shown`, and after what I wrote last; nothing when there is none.
std::optional<Comment> find_newest_of_colleagues(
    db::Connection& db, ServiceRequestId service_request, UserId me, CommentId shown);
/// The newest one, internal ones only when `deepest` is Internal; nothing when there is none.
std::optional<Comment> find_newest(db::Connection& db, ServiceRequestId service_request, base::Visibility deepest);
/// Throws NotFound.
Comment get_comment(db::Connection& db, CommentId id);

} // namespace comments
