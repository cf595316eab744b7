#pragma once

#include "pages/desk/requests/views.hpp"
#include "pages/shared/status_form.hpp"
#include "service_requests/service_request.hpp"
#include "web/context.hpp"

namespace pages::desk {

/// The page after a change of status was refused with `status`: everything typed, and the errors or the question about
/// the unsent comment.
RequestView refused_status_view(
    web::Context& ctx, ServiceRequestId id, const shared::StatusInput& input, http::Status status);
/// The page after a comment was refused with `status`: everything typed, and the errors.
RequestView refused_comment_view(
    web::Context& ctx, ServiceRequestId id, const shared::CommentInput& input, http::Status status);

} // namespace pages::desk
