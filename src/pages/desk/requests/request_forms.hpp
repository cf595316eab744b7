#pragma once
// The form of a service request's page: it writes a comment and changes the status.

#include "pages/shared/status_form.hpp"
#include "service_requests/service_request.hpp"
#include "storage/store.hpp"
#include "web/context.hpp"

#include <optional>

namespace pages::desk {

/// The staff's form for a reply or an internal note.
shared::CommentForm comment_form_of(ServiceRequestId id);
/// Read the change of status, with the comment when one was typed. Throws base::BadRequest for a status or a
/// visibility that no form of ours sends.
shared::StatusInput read_status(web::Context& ctx, const storage::Store& store, ServiceRequestId id);
/// Why the form must be shown again before anything is tried; nothing when it may go ahead.
std::optional<http::Status> reason_to_refuse(const shared::StatusInput& input);

} // namespace pages::desk
