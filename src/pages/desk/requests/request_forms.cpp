#include "pages/desk/requests/request_forms.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "comments/comment.hpp"
#include "pages/shared/urls.hpp"
#include "service_requests/private_link.hpp"
#include "users/closing.hpp"
#include "users/user.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace pages::desk {

using service_requests::Status;

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

shared::CommentForm asking_form_of(const web::Context& ctx, ServiceRequestId id)
{
    shared::CommentForm form = comment_form_of(id);
    form.asks_first = [&ctx, id](db::Connection& db, base::Visibility visibility) {
        return visibility == base::Visibility::Public &&
               (find_colleagues_answer(db, ctx, id) || find_colleagues_end(db, ctx, id));
    };
    form.has_no_reader = [&ctx, id](db::Connection& db) {
        const auto why = find_why_unread(db, service_requests::get_service_request_for_staff(db, id), ctx.now());
        // The page says the others itself, and they may pass: a sign-in is turned on again, a link works again.
        return why && (*why == WhyUnread::ProfileClosed || ctx.request().form_value("reader"));
    };
    return form;
}

std::optional<comments::Comment> find_colleagues_answer(
    db::Connection& db, const web::Context& ctx, ServiceRequestId id)
{
    // The second one is of the question that was asked before.
    std::optional<std::int64_t> shown;
    for (const std::string_view field : {"answered", "answered_too"}) {
        if (const auto comment = base::parse_integer(ctx.request().form_value(field).value_or("")))
            shown = std::max(*comment, shown.value_or(0));
    }
    if (!shown)
        return std::nullopt;
    return comments::find_newest_of_colleagues(db, id, ctx.visitor().user_id, CommentId{*shown});
}

std::optional<events::Event> find_colleagues_end(db::Connection& db, const web::Context& ctx, ServiceRequestId id)
{
    const http::Request& request = ctx.request();
    // Who reopens it has seen the end.
    if (wanted_status(request) == service_requests::status_name(Status::Pending))
        return std::nullopt;
    if (request.form_value("was") != service_requests::status_name(Status::Pending) || request.form_value("was_too"))
        return std::nullopt;
    auto history = events::list_status_events(db, id, base::Visibility::Public);
    std::erase_if(history, [](const events::Event& event) { return !events::is_of_status(event.kind); });
    if (history.empty() || history.back().kind != events::Kind::Resolved ||
        history.back().actor_id == ctx.visitor().user_id)
        return std::nullopt;
    return history.back();
}

shared::StatusInput read_status(web::Context& ctx, const storage::Store& store, ServiceRequestId id)
{
    shared::StatusInput input = shared::read_status_form(ctx, store, comment_form_of(id));
    const auto status = service_requests::parse_status(wanted_status(ctx.request()));
    if (!status)
        throw base::BadRequest(base::Text("The status must be Pending or Resolved."));
    input.status = *status;
    web::FormErrors said_by_the_question;
    input.end = read_end(ctx.request(), said_by_the_question);
    return input;
}

std::optional<actions::EmergencyEnd> read_end(const http::Request& request, web::FormErrors& errors)
{
    web::FormReader reader(request, errors);
    const std::string finding =
        reader.choice("finding", {"made_safe", "false_alarm"}, base::MessageId("Choose one: Resolved or False alarm."));
    std::string reason = reader.text(
        "reason", {.least = 1, .most = comments::longest_text, .missing = base::MessageId("Write how you know.")});
    if (!errors.empty())
        return std::nullopt;
    return actions::EmergencyEnd{
        .finding = finding == "false_alarm" ? actions::Finding::FalseAlarm : actions::Finding::MadeSafe,
        .reason = std::move(reason)};
}

std::optional<WhyUnread> find_why_unread(
    db::Connection& db, const service_requests::ServiceRequest& request, base::Time now)
{
    if (!request.user_id) {
        const auto link = service_requests::find_private_link(db, request.id, now);
        return link == service_requests::PrivateLink::Works ? std::nullopt : std::optional(WhyUnread::NoLink);
    }
    const users::User user = users::get_user(db, request.user_id);
    if (user.is_active)
        return std::nullopt;
    return users::is_closed(user) ? WhyUnread::ProfileClosed : WhyUnread::SignInOff;
}

bool ends_emergency(const service_requests::ServiceRequest& request, Status wanted)
{
    return request.is_emergency && request.status == Status::Pending && wanted == Status::Resolved;
}

std::optional<http::Status> reason_to_refuse(
    const service_requests::ServiceRequest& request, const shared::StatusInput& input)
{
    if (input.comment && input.unsent == web::Unsent::Ask)
        return http::Status::UnprocessableContent;
    if (input.sends_comment() && !input.comment->errors.empty())
        return input.comment->files.refusal;
    if (ends_emergency(request, input.status) && !input.end)
        return http::Status::UnprocessableContent;
    return std::nullopt;
}

} // namespace pages::desk
