#include "pages/desk/requests/refused_view.hpp"

#include "base/text.hpp"
#include "comments/comment.hpp"
#include "pages/desk/requests/request_forms.hpp"
#include "pages/desk/requests/request_view.hpp"
#include "pages/shared/conversation.hpp"
#include "pages/shared/urls.hpp"
#include "users/closing.hpp"
#include "web/forms/lost_files.hpp"
#include "web/forms/upload.hpp"

namespace pages::desk {

using service_requests::ServiceRequest;

namespace {

constexpr std::size_t longest_quote = 300;

/// The box as it was sent, and the key, so that sending them again after a lost answer is the same submission.
void show_typed(web::Context& ctx, RequestView& view)
{
    const http::Request& request = ctx.request();
    view.comment_form.submission = request.form_value("submission").value_or("");
    view.comment_form.text = base::clean_text(request.form_value("text").value_or(""));
    view.comment_form.is_internal =
        base::parse_visibility(request.form_value("visibility").value_or("")) == base::Visibility::Internal;
}

/// The question with what was answered; a first press of the button has nothing to correct yet.
EndQuestion end_question(const web::Context& ctx, const shared::StatusInput& input)
{
    const http::Request& request = ctx.request();
    EndQuestion question{.finding = std::string(request.form_value("finding").value_or("")),
        .reason = base::clean_text(request.form_value("reason").value_or("")),
        .has_text = input.comment.has_value(),
        .errors = {}};
    if (request.form_value("reason"))
        read_end(request, question.errors);
    return question;
}

/// The button that sets the status once more.
std::string pressed_button(const http::Request& request)
{
    for (const std::string_view button : {"send_and", "leave_and"}) {
        if (request.form_value(button))
            return std::string(button);
    }
    return "status";
}

/// What the customer wrote meanwhile. This page shows it, so the same button goes through next time.
std::optional<Unseen> find_unseen(web::Context& ctx, ServiceRequestId id, const shared::StatusInput& input)
{
    if (!input.seen || input.status != service_requests::Status::Resolved)
        return std::nullopt;
    const auto comment = comments::find_newest_of_customer(ctx.db(), id, *input.seen);
    if (!comment)
        return std::nullopt;
    return Unseen{.comment = comment->id,
        .what = shared::wrote_meanwhile(ctx.dates(), *comment),
        .text = base::excerpt(comment->text, longest_quote)};
}

std::optional<Unseen> colleagues_answer(web::Context& ctx, ServiceRequestId id)
{
    if (const auto answer = find_colleagues_answer(ctx.db(), ctx, id)) {
        const std::string when = ctx.dates().friendly(answer->created_at);
        return Unseen{.comment = answer->id,
            .what = web::has_unsent_comment(ctx) ? base::Text("{name} answered while you wrote ({when})",
                                                       {{"name", answer->author_name}, {"when", when}})
                                                 : base::Text("{name} answered after you opened this page ({when})",
                                                       {{"name", answer->author_name}, {"when", when}}),
            .text = base::excerpt(answer->text, longest_quote)};
    }
    const auto end = find_colleagues_end(ctx.db(), ctx, id);
    if (!end)
        return std::nullopt;
    const std::string when = ctx.dates().friendly(end->created_at);
    return Unseen{.comment = {},
        .what = base::Text(
            "{name} resolved this request while you wrote ({when})", {{"name", end->actor_name}, {"when", when}}),
        .text = {}};
}

/// What the customer or a colleague wrote meanwhile.
std::optional<Unseen> find_anything_unseen(web::Context& ctx, ServiceRequestId id, const shared::StatusInput& input)
{
    auto unseen = find_unseen(ctx, id, input);
    const bool is_reply = input.sends_comment() && input.comment->visibility == base::Visibility::Public;
    if (!unseen && (is_reply || input.status == service_requests::Status::Resolved))
        unseen = colleagues_answer(ctx, id);
    return unseen;
}

base::Text words_of_gone(web::Context& ctx, const ServiceRequest& request, WhyUnread why)
{
    if (why == WhyUnread::NoLink)
        return base::Text("The private link no longer works");
    if (why == WhyUnread::SignInOff)
        return base::Text("{name} can’t sign in any more", {{"name", request.customer_name}});
    const auto closed = users::find_closed_at(ctx.db(), request.user_id);
    const std::string when = closed ? ctx.dates().friendly(*closed) : std::string();
    // The name is known for as long as an open leak keeps it.
    return request.contact_name.empty()
               ? base::Text("The customer closed the profile ({when})", {{"when", when}})
               : base::Text("{name} closed the profile ({when})", {{"name", request.contact_name}, {"when", when}});
}

/// The reader went: the box is a note now.
void ask_about_reader(web::Context& ctx, RequestView& view, const ServiceRequest& request)
{
    const auto why = find_why_unread(ctx.db(), request, ctx.now());
    if (!why || (*why != WhyUnread::ProfileClosed && !ctx.request().form_value("reader")))
        return;
    view.comment_form.no_reader = NoReader{.what = words_of_gone(ctx, request, *why)};
    view.comment_form.is_internal = true;
}

/// The page as it was sent, before what was wrong with it.
RequestView sent_view(web::Context& ctx, const ServiceRequest& request, http::Status status)
{
    RequestView view = request_view(ctx, request);
    show_typed(ctx, view);
    view.is_unavailable = status == http::Status::ServiceUnavailable;
    view.page.title = web::title_of_refused(std::move(view.page.title));
    return view;
}

} // namespace

RequestView refused_status_view(
    web::Context& ctx, ServiceRequestId id, const shared::StatusInput& input, http::Status status)
{
    const ServiceRequest request = service_requests::get_service_request(ctx.db(), ctx.visitor(), id);
    RequestView view = sent_view(ctx, request, status);
    if (input.comment && web::has_files(ctx) && input.comment->held.empty())
        view.comment_form.lost_files = web::lost_files_of(ctx.request());
    view.comment_form.unseen = find_anything_unseen(ctx, id, input);
    if (ends_emergency(request, input.status))
        view.comment_form.end_question = end_question(ctx, input);
    if (input.sends_comment() && input.comment->visibility == base::Visibility::Public && !view.is_unavailable)
        ask_about_reader(ctx, view, request);
    const bool asks_about_text = input.comment && input.unsent == web::Unsent::Ask;
    if (view.comment_form.no_reader && !view.comment_form.end_question) {
        view.comment_form.no_reader->button = pressed_button(ctx.request());
        view.comment_form.no_reader->wanted = input.status;
    } else if (view.comment_form.unseen && !view.comment_form.end_question && !asks_about_text) {
        view.comment_form.unseen->button = pressed_button(ctx.request());
        view.comment_form.unseen->wanted = input.status;
    }
    if (!input.comment || view.is_unavailable)
        return view;
    view.comment_form.held = input.comment->held;
    view.comment_form.errors = input.comment->errors;
    if (input.sends_comment())
        view.comment_form.errors.send_without_to(
            urls::desk_status(id), "send_and", std::string(service_requests::status_name(input.status)));
    if (asks_about_text && !view.comment_form.end_question)
        view.comment_form.asks_before = input.status;
    return view;
}

RequestView refused_comment_view(
    web::Context& ctx, ServiceRequestId id, const shared::CommentInput& input, http::Status status)
{
    const ServiceRequest request = service_requests::get_service_request(ctx.db(), ctx.visitor(), id);
    RequestView view = sent_view(ctx, request, status);
    view.comment_form.errors = input.errors;
    if (web::has_files(ctx) && input.held.empty())
        view.comment_form.lost_files = web::lost_files_of(ctx.request());
    view.comment_form.held = input.held;
    if (!input.errors.empty() || status != http::Status::UnprocessableContent)
        return view;
    if (input.visibility == base::Visibility::Public)
        ask_about_reader(ctx, view, request);
    if (view.comment_form.no_reader) {
        view.comment_form.no_reader->button = "send";
        return view;
    }
    view.comment_form.unseen = colleagues_answer(ctx, id);
    if (view.comment_form.unseen)
        view.comment_form.unseen->button = "send";
    return view;
}

} // namespace pages::desk
