#include "pages/desk/requests/request_view.hpp"

#include "accounts/account.hpp"
#include "base/phone/phone.hpp"
#include "base/reference.hpp"
#include "base/text.hpp"
#include "comments/comment.hpp"
#include "events/event.hpp"
#include "pages/desk/requests/fold_view.hpp"
#include "pages/desk/requests/overtaken.hpp"
#include "pages/shared/notification_views.hpp"
#include "pages/shared/presentation.hpp"
#include "pages/shared/urls.hpp"
#include "users/closing.hpp"
#include "users/user.hpp"
#include "web/forms/submission.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pages::desk {

namespace {

using service_requests::ServiceRequest;
using service_requests::Status;

constexpr std::size_t most_related = 5;

RelatedRow related_row(web::Context& ctx, const ServiceRequest& other)
{
    return {.id = other.id,
        .title = shared::shown_title(ctx.language().language(), other),
        .reference = base::reference(other.id),
        .when = ctx.dates().day(other.submitted_at),
        .status = other.status,
        .is_emergency = other.is_emergency};
}

std::vector<RelatedRow> related_rows(web::Context& ctx, const ServiceRequest& request)
{
    std::vector<RelatedRow> rows;
    for (const ServiceRequest& other : service_requests::list_at_same_address(ctx.db(), request, most_related))
        rows.push_back(related_row(ctx, other));
    return rows;
}

std::vector<shared::HistoryLine> history(web::Context& ctx, ServiceRequestId id)
{
    std::vector<shared::HistoryLine> lines;
    for (const events::Event& event :
        events::list_events(ctx.db(), events::Subject::ServiceRequest, id.value, base::Visibility::Internal))
        lines.push_back(shared::history_line(ctx.dates(), event));
    return lines;
}

CommentId newest_of_customer(web::Context& ctx, ServiceRequestId id, const timeline::Conversation& entries)
{
    CommentId newest;
    for (const timeline::Item& item : entries.items) {
        if (item.is_customers_comment())
            newest = std::max(newest, item.comment_id);
    }
    if (newest || !entries.is_cut())
        return newest;
    const auto earlier = comments::find_newest_of_customer(ctx.db(), id, {});
    return earlier ? earlier->id : CommentId();
}

CommentId newest_comment(const timeline::Conversation& entries)
{
    CommentId newest;
    for (const timeline::Item& item : entries.items)
        newest = std::max(newest, item.comment_id);
    return newest;
}

std::string newest_of(const std::vector<timeline::Item>& items, bool is_unread)
{
    const timeline::Item* newest = nullptr;
    const auto first = std::ranges::find(items, true, &timeline::Item::is_comment);
    bool is_first_unread = false;
    for (const timeline::Item& item : items) {
        if (!item.is_comment || is_first_unread)
            continue;
        newest = &item;
        const bool is_last_word_of_staff = std::none_of(
            &item, items.data() + items.size(), [](const auto& later) { return later.is_comment && later.by_staff; });
        is_first_unread = is_unread && !item.by_staff && is_last_word_of_staff;
    }
    return newest && newest != &*first ? newest->element_id : std::string();
}

} // namespace

namespace {

/// Of somebody who closed the profile: housekeeping removes name and phone soon after a leak is resolved.
void add_what_is_kept(web::Context& ctx, RequestView& view, const ServiceRequest& request)
{
    view.kept_name = request.contact_name;
    const auto closed = users::find_closed_at(ctx.db(), request.user_id);
    const std::string day = closed ? ctx.dates().day(*closed) : std::string();
    if (request.contact_name.empty() && request.contact_phone.empty())
        view.contact_words =
            base::Text("Name and phone are gone, because the customer closed the profile on {day}.", {{"day", day}});
    else if (request.status == Status::Resolved)
        view.contact_words = base::Text("Name and phone go within ten minutes, because the leak is over and the "
                                        "customer closed the profile on {day}.",
            {{"day", day}});
    else
        view.contact_words = base::Text(
            "Name and phone stay until the leak is over. The customer closed the profile on {day}.", {{"day", day}});
}

/// Who asks, and how to reach them.
void add_person(web::Context& ctx, RequestView& view, const ServiceRequest& request)
{
    view.customer = request.customer_name.empty() ? request.contact_name : request.customer_name;
    view.customer_initials = base::initials(view.customer);
    view.username = request.username;
    view.user_id = request.user_id;
    view.email = request.customer_email;
    view.is_by_phone = request.channel == service_requests::Channel::Phone;
    view.phone = request.contact_phone;
    if (view.is_by_phone && request.contact_name != view.customer)
        view.caller = request.contact_name;
    if (request.account_id) {
        const accounts::Account account = accounts::get_account(ctx.db(), request.account_id);
        view.account_id = account.id;
        view.account_number = account.number;
        if (view.phone.empty()) {
            view.phone = account.phone;
            view.is_account_phone = true;
        }
    }
    if (!request.user_id)
        return;
    const users::User user = users::get_user(ctx.db(), request.user_id);
    view.can_sign_in = user.is_active;
    view.is_closed = users::is_closed(user);
    if (view.is_closed)
        add_what_is_kept(ctx, view, request);
    if (const std::string phone = base::normal_phone(user.phone); phone != view.phone)
        view.technicians_phone = phone;
}

} // namespace

RequestView request_view(web::Context& ctx, const ServiceRequest& request)
{
    RequestView view;
    view.id = request.id;
    view.reference = base::reference(request.id);
    view.title = shared::shown_title(ctx.language().language(), request);
    view.type_name = shared::shown_type(ctx.language().language(), request.type_name);
    view.type_icon = request.type_icon;
    view.is_emergency = request.is_emergency;
    view.state = shared::request_state(ctx.dates(), request);
    view.place = find_list_place(ctx, request);
    view.self_url = request_url(ctx, request.id);
    add_person(ctx, view, request);
    view.address = request.address;
    view.link = service_requests::find_private_link(ctx.db(), request.id, ctx.now());
    view.address_form.typed = request.address;
    view.conversation = shared::conversation_view(ctx, request, ctx.visitor(), view.self_url);
    view.comment_form.seen = newest_of_customer(ctx, request.id, view.conversation.entries);
    view.comment_form.answered = newest_comment(view.conversation.entries);
    view.related = related_rows(ctx, request);
    view.history = history(ctx, request.id);
    view.mails = mail_rows(ctx, outbox::list_mail_of(ctx.db(), request.id));
    view.emergency = shared::emergency_strip({ctx.db(), ctx.dates()}, request);
    if (view.emergency) {
        view.emergency->viewer = ctx.visitor().user_id;
        view.emergency->form = "write";
        view.fold = fold_view(ctx, request, *view.emergency);
    }
    view.emergency_here = shared::emergency_here({ctx.db(), ctx.dates()}, request);
    view.overtaken = find_overtaken(ctx, request);
    view.comment_form.id = request.id;
    view.comment_form.submission = web::new_submission_key();
    view.page = ctx.page(base::Text::verbatim(view.reference + " " + view.title), web::Place::None);
    if (request.status == Status::Resolved)
        view.page.next_url = view.place.next_url;
    view.read = shared::read_form(ctx, request, view.page);
    view.read.list = view.place.list;
    view.newest = newest_of(view.conversation.entries.items, view.read.is_unread);
    view.page.board.form = "write";
    view.page.live_topics += fmt::format(" request:{}", view.id.value);
    return view;
}

} // namespace pages::desk
