#include "pages/desk/requests/request_forms.hpp"

#include "base/error.hpp"
#include "pages/shared/urls.hpp"

#include <array>

namespace pages::desk {

namespace {

/// The status that the pressed button sets; the buttons differ in what becomes of the typed text (web::read_unsent).
std::string_view wanted_status(const http::Request& request)
{
    constexpr std::array<std::string_view, 3> buttons = {"send_and", "leave_and", "status"};
    for (const std::string_view button : buttons) {
        if (const auto status = request.form_value(button))
            return *status;
    }
    return {};
}

} // namespace

shared::CommentForm comment_form_of(ServiceRequestId id)
{
    return {.service_request = id,
        .path = urls::desk_request(id),
        .query = {},
        .missing = base::MessageId("Write your reply or note, or add a file."),
        .has_visibility = true};
}

shared::StatusInput read_status(web::Context& ctx, const storage::Store& store, ServiceRequestId id)
{
    shared::StatusInput input = shared::read_status_form(ctx, store, comment_form_of(id));
    const auto status = service_requests::parse_status(wanted_status(ctx.request()));
    if (!status)
        throw base::BadRequest(base::Text("The status must be Pending or Resolved."));
    input.status = *status;
    return input;
}

std::optional<http::Status> reason_to_refuse(const shared::StatusInput& input)
{
    if (input.comment && input.unsent == web::Unsent::Ask)
        return http::Status::UnprocessableContent;
    if (input.sends_comment() && !input.comment->errors.empty())
        return input.comment->files.refusal;
    return std::nullopt;
}

} // namespace pages::desk
