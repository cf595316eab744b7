#pragma once
// The form that changes the status. It is the comment's form, so a comment that was typed goes along, or is asked
// about.

#include "actions/change_status.hpp"
#include "pages/shared/comment_form.hpp"
#include "service_requests/service_request.hpp"
#include "web/forms/unsent.hpp"

#include <cstdint>
#include <optional>

namespace pages::shared {

/// A change of status as its form asks for it.
struct StatusInput
{
    service_requests::Status status = service_requests::Status::Pending;
    std::int64_t version = 0;
    /// The typed comment, and what becomes of it. With Unsent::Send it is there even when nothing was typed.
    std::optional<CommentInput> comment = {};
    web::Unsent unsent = web::Unsent::Ask;
    /// How an emergency ended; nothing while the staff's form does not say it wholly.
    std::optional<actions::EmergencyEnd> end = {};
    /// The customer's newest comment that the page showed, zero for none; absent in a form that does not say it.
    std::optional<CommentId> seen = {};

    bool sends_comment() const { return comment && unsent == web::Unsent::Send; }
    bool leaves_comment() const { return comment && unsent == web::Unsent::Leave; }
};

/// Read the version and the comment in the same form; the caller sets the status. Throws like read_comment().
StatusInput read_status_form(web::Context& ctx, const storage::Store& store, const CommentForm& form);

/// Change the status and write the comment in one transaction, once for a form sent twice. When it is not Done nothing
/// is written; what was typed is kept for the next page when somebody else was faster.
service_requests::StatusChange save_status(
    web::Context& ctx, storage::Store& store, const CommentForm& form, const StatusInput& input);
/// Keep what was typed for the next page, because somebody else changed the status first.
void keep_overtaken(web::Context& ctx, const CommentForm& form);

} // namespace pages::shared
