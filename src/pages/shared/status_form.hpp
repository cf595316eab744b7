#pragma once
// The form that changes the status, for both sides of a conversation. It has the comment's box, so a comment that was
// typed but not sent may go along.

#include "pages/shared/comment_form.hpp"
#include "service_requests/service_request.hpp"
#include "web/forms/unsent.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace pages::shared {

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
    /// The typed comment that was not sent, and what becomes of it.
    std::optional<CommentInput> comment = {};
    web::Unsent unsent = web::Unsent::Ask;
    IfAlreadySo if_already_so = IfAlreadySo::Refuse;

    bool sends_comment() const { return comment && unsent == web::Unsent::Send; }
    bool leaves_comment() const { return comment && unsent == web::Unsent::Leave; }
};

/// Read the explanation (the field form.beside), the version and the comment in the same form; the caller sets the
/// status. Throws like read_comment().
StatusInput read_status_form(web::Context& ctx, const storage::Store& store, const CommentForm& form);

/// Change the status and write the comments in one transaction, once for a form sent twice. Stale writes nothing.
service_requests::StatusChange save_status(
    web::Context& ctx, storage::Store& store, const CommentForm& form, const StatusInput& input);

} // namespace pages::shared
