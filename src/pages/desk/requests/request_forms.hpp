#pragma once
// The form of a service request's page: it writes a comment and changes the status.

#include "comments/comment.hpp"
#include "events/event.hpp"
#include "pages/shared/status_form.hpp"
#include "service_requests/service_request.hpp"
#include "storage/store.hpp"
#include "web/context.hpp"

#include <cstdint>
#include <optional>

namespace pages::desk {

/// The staff's form for a reply or an internal note.
shared::CommentForm comment_form_of(ServiceRequestId id);
/// As above, and it asks first when a colleague was faster, or when nobody reads a reply any more.
shared::CommentForm asking_form_of(const web::Context& ctx, ServiceRequestId id);
/// What a colleague told the customer after the page was shown that the form was sent from.
std::optional<comments::Comment> find_colleagues_answer(
    db::Connection& db, const web::Context& ctx, ServiceRequestId id);
/// That a colleague resolved it after that page was shown as open, for a reply.
std::optional<events::Event> find_colleagues_end(db::Connection& db, const web::Context& ctx, ServiceRequestId id);
/// Read the change of status, with the comment when one was typed. Throws base::BadRequest for a status or a
/// visibility that no form of ours sends.
shared::StatusInput read_status(web::Context& ctx, const storage::Store& store, ServiceRequestId id);
/// Read how an emergency ended (`finding`, `reason`); nothing when the form does not say it wholly, with what is
/// missing in `errors`.
std::optional<actions::EmergencyEnd> read_end(const http::Request& request, web::FormErrors& errors);
/// True when the change resolves an open emergency: somebody must say first that everybody is safe.
bool ends_emergency(const service_requests::ServiceRequest& request, service_requests::Status wanted);
/// Why the form must be shown again before anything is tried; nothing when it may go ahead.
std::optional<http::Status> reason_to_refuse(
    const service_requests::ServiceRequest& request, const shared::StatusInput& input);

/// Why nobody reads what the staff tell the customer.
enum class WhyUnread : std::uint8_t
{
    /// For good.
    ProfileClosed,
    SignInOff,
    /// Who has no sign-in has no private link that works.
    NoLink
};
std::optional<WhyUnread> find_why_unread(
    db::Connection& db, const service_requests::ServiceRequest& request, base::Time now);

} // namespace pages::desk
