#pragma once
// The form that writes a comment, for both sides of a conversation.

#include "actions/write_comment.hpp"
#include "base/visitor.hpp"
#include "service_requests/service_request.hpp"
#include "storage/store.hpp"
#include "web/context.hpp"
#include "web/forms/form.hpp"
#include "web/forms/upload.hpp"

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
    /// What else the page's URL carries, "?" first; empty for nothing.
    std::string query;
    /// Said when nothing was typed and no file was chosen.
    base::MessageId missing;
    /// The staff's form says whether the comment is internal; a customer's is public.
    bool has_visibility = false;
    /// Of a customer's comment.
    actions::IfResolved if_resolved = actions::IfResolved::StayResolved;
    /// The status that the page knows of, or the newest one.
    service_requests::Status status = service_requests::Status::Pending;
    /// The message after a public comment of the staff.
    std::string_view said = "replied";
    /// A customer's comment on a gas leak, which sends no crew.
    bool is_leak = false;

    /// Asked in the transaction: nothing is written before the visitor was asked about something.
    std::function<bool(db::Connection& db, base::Visibility visibility)> asks_first = {};
    /// Asked in the transaction before a public comment: whoever was to read it is gone, and the page did not say so.
    /// Nothing is written.
    std::function<bool(db::Connection& db)> has_no_reader = {};

    bool reopens() const
    {
        return if_resolved == actions::IfResolved::Reopen && status == service_requests::Status::Resolved;
    }
};

/// A comment as it was typed.
struct CommentInput
{
    std::string text;
    base::Visibility visibility = base::Visibility::Public;
    web::FormErrors errors;
    web::FileCheck files;
    /// Files that arrived with a refused form and wait for it.
    std::vector<web::HeldFile> held = {};
    /// As read_seen().
    std::optional<CommentId> seen = {};
};
/// The customer's newest comment that the page of the staff's form showed, zero for none; nothing in a form that does
/// not say it.
std::optional<CommentId> read_seen(const http::Request& request);
/// Throws base::BadRequest for a visibility that no form of ours sends.
CommentInput read_comment(web::Context& ctx, const storage::Store& store, const CommentForm& form);

/// Shows the form again, with the text and the status; without errors because CommentForm::asks_first() or
/// has_no_reader() is true, then for a script too.
using RefuseComment = std::function<http::Response(const CommentInput& input, http::Status status)>;
/// Write the comment: 303 to it; the form again with 422, 413 or 503. A script that asks for a fragment gets the new
/// entry of the timeline, or the error message alone; a comment that reopens is a 303 for it too, because the whole
/// page changes. After a note the page is ready for the next note. The same submission twice makes one comment.
http::Response write_comment(
    web::Context& ctx, storage::Store& store, const CommentForm& form, const RefuseComment& refuse);

} // namespace pages::shared
