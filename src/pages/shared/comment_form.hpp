#pragma once
// The form that writes a comment, for both sides of a conversation, and the change of status that may carry one along.

#include "base/visitor.hpp"
#include "service_requests/service_request.hpp"
#include "storage/store.hpp"
#include "web/context.hpp"
#include "web/forms/form.hpp"
#include "web/forms/unsent.hpp"
#include "web/forms/upload.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace pages::shared {

/// The form as one side of the conversation has it.
struct CommentForm
{
    ServiceRequestId service_request;
    /// Path of the service request's page on this side: "/service/12/".
    std::string path;
    /// Said when nothing was typed.
    base::MessageId missing;
    /// The form says whether the comment is internal; without it, it is public.
    bool has_visibility = false;
    /// A field of the same form that another button sends. What was typed there outlives the comment.
    std::string_view beside;
};

/// A comment as it was typed.
struct CommentInput
{
    std::string text;
    base::Visibility visibility = base::Visibility::Public;
    web::FormErrors errors;
    web::FileCheck files;
};
/// Throws base::BadRequest for a visibility that no form of ours sends.
CommentInput read_comment(web::Context& ctx, const storage::Store& store, const CommentForm& form);

/// Shows the form again, with the text and the status.
using RefuseComment = std::function<http::Response(const CommentInput& input, http::Status status)>;
/// Write the comment: 303 to it; the form again with 422, 413 or 503. A script that asks for a fragment gets the new
/// entry of the timeline, or the error message alone. The same submission twice makes one comment.
http::Response write_comment(
    web::Context& ctx, storage::Store& store, const CommentForm& form, const RefuseComment& refuse);

enum class IfAlreadySo : std::uint8_t
{
    /// Somebody else has set the same status: nothing is written.
    Refuse,
    /// What was typed is sent all the same.
    WriteComments
};

/// A change of status as its form asks for it.
struct StatusInput
{
    service_requests::Status status = service_requests::Status::Pending;
    std::int64_t version = 0;
    /// Becomes a public comment; may be empty.
    std::string reason;
    web::FormErrors errors;
    /// What stands in the comment's box beside it, and what becomes of it.
    std::optional<CommentInput> comment = {};
    web::Unsent unsent = web::Unsent::Ask;
    IfAlreadySo if_already_so = IfAlreadySo::Refuse;

    bool sends_comment() const { return comment && unsent == web::Unsent::Send; }
    bool leaves_comment() const { return comment && unsent == web::Unsent::Leave; }
};

/// Change the status and write the comments in one transaction, once for a form sent twice. Stale writes nothing.
service_requests::StatusChange save_status(
    web::Context& ctx, storage::Store& store, const CommentForm& form, const StatusInput& input);

} // namespace pages::shared
