#include "pages/desk/requests/request_forms.hpp"

#include "base/error.hpp"
#include "pages/shared/urls.hpp"

namespace pages::desk {

shared::CommentForm comment_form_of(ServiceRequestId id)
{
    return {.service_request = id,
        .path = urls::desk_request(id),
        .missing = base::MessageId("Write your reply or note."),
        .has_visibility = true,
        .beside = "status_text"};
}

shared::StatusInput read_status(web::Context& ctx, const storage::Store& store, ServiceRequestId id)
{
    shared::StatusInput input = shared::read_status_form(ctx, store, comment_form_of(id));
    const auto status = service_requests::parse_status(ctx.request().form_value("status").value_or(""));
    if (!status)
        throw base::BadRequest(base::Text("The status must be Pending or Resolved."));
    input.status = *status;
    return input;
}

std::optional<http::Status> reason_to_refuse(const shared::StatusInput& input, service_requests::Status current)
{
    if (input.comment && input.unsent == web::Unsent::Ask)
        return input.status == current ? http::Status::Conflict : http::Status::UnprocessableContent;
    if (input.sends_comment() && !input.comment->errors.empty())
        return input.comment->files.refusal;
    if (!input.errors.empty())
        return http::Status::UnprocessableContent;
    return std::nullopt;
}

} // namespace pages::desk
