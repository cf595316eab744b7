#pragma once

#include "attachments/attachment.hpp"
#include "base/act.hpp"
#include "base/visitor.hpp"
#include "db/connection.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace actions {

/// What a customer's public comment does to a resolved service request.
enum class IfResolved : std::uint8_t
{
    StayResolved,
    Reopen
};

struct WriteComment
{
    ServiceRequestId service_request;
    std::string text;
    base::Visibility visibility = base::Visibility::Public;
    /// Files that are already in the store; they must live until the verb returns.
    std::span<const attachments::StoredFile> files = {};
    IfResolved if_resolved = IfResolved::StayResolved;
    /// Of the staff: the customer's newest comment on their page, zero for none; absent when there is no page.
    std::optional<CommentId> seen = {};
};

/// Add a comment with its files and history, count it, and notify the other side of a public one: the customer when
/// staff wrote, the staff who took part when the customer wrote, or the representatives when nobody active took part
/// (see notify_participants). A customer's comment marks the service request until staff have seen it, and with
/// IfResolved::Reopen it reopens a resolved one, whatever the page showed; then one notification tells of both. Throws
/// NotFound when the act's visitor may not see the service request, or is a customer and the comment is internal.
CommentId write_comment(db::Transaction& tx, const base::Act& act, const WriteComment& input);
/// The same without notifications and without reopening, for a verb that does more than comment and notifies once.
CommentId add_comment_with_history(db::Transaction& tx, const base::Act& act, const WriteComment& input);

} // namespace actions
