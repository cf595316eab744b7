#include "pages/shared/notification_views.hpp"

#include "base/reference.hpp"
#include "base/text.hpp"
#include "pages/shared/presentation.hpp"
#include "pages/shared/urls.hpp"
#include "service_requests/title.hpp"
#include "web/context.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace pages::shared {

using namespace notifications;

namespace {

constexpr std::size_t longest_excerpt = 140;

std::string position_of(const Notification& notification)
{
    return fmt::format("{}.{}", base::to_millis(notification.created_at), notification.id.value);
}

void fill_rows(ListView& view, web::Context& ctx, const Position& before)
{
    auto shown = list_notifications(ctx.db(), ctx.visitor().user_id, before);
    if (shown.size() > page_size) {
        shown.resize(page_size);
        view.pager.older = urls::notifications("?before=" + position_of(shown.back()));
    }
    if (before.id)
        view.pager.newer = urls::notifications();
    const base::Time today = ctx.site().zone.start_of_day(ctx.now());
    for (const Notification& notification : shown) {
        auto& group = notification.created_at >= today ? view.today : view.earlier;
        group.push_back(notification_row(ctx, notification));
    }
    if (!shown.empty())
        view.newest = position_of(shown.front());
}

} // namespace

namespace {

// A customer knows a request by its words, not by its number.
base::Text heading_of(const Notification& notification, const std::string& title)
{
    const base::Text who = base::Text::verbatim(notification.actor_name);
    switch (notification.kind) {
    case Kind::Resolved:
        return base::Text("“{title}” is resolved", {{"title", title}});
    case Kind::Reopened:
    case Kind::LeakReopened:
        return base::Text("“{title}” is open again", {{"title", title}});
    case Kind::Replied:
        return base::Text("{who} answered “{title}”", {{"who", who}, {"title", title}});
    default:
        return sentence_of(notification);
    }
}

void name_by_words(NotificationRow& row, const Notification& notification)
{
    base::Text heading = heading_of(notification, row.title);
    if (notification.kind == Kind::Sentence || !notification.service_request_id)
        return;
    row.message = notification.times < 2 ? std::move(heading)
                                         : base::Text::plural("{what} ({n} time)", "{what} ({n} times)",
                                               static_cast<std::uint64_t>(notification.times), {{"what", heading}});
    row.title = base::reference(notification.service_request_id);
}

/// What to do if it was somebody else.
base::Text advice_for(Kind kind)
{
    switch (kind) {
    case Kind::WrongPasswords:
        return base::Text("Your password was not found out. If it wasn’t you, choose a long one that you use "
                          "nowhere else.");
    case Kind::WrongCodes:
        return base::Text("If it wasn’t you, somebody knows your password: choose another one now.");
    case Kind::NewDevice:
        return base::Text("If it wasn’t you, choose another password now. That signs out every other device.");
    case Kind::RecoveryCodeUsed:
        return base::Text("If it wasn’t you, choose another password and make new recovery codes.");
    default:
        return base::Text("You sign in with your password alone. You can turn the second step on again.");
    }
}

std::string path_of(const web::Context& ctx, const Notification& notification)
{
    if (notification.is_of_sign_in())
        return notification.kind == Kind::RecoveryCodeUsed || notification.kind == Kind::FactorReset ? urls::security()
                                                                                                     : urls::password();
    if (notification.is_of_account())
        return urls::account();
    return ctx.visitor().is_staff() ? urls::desk_request(notification.service_request_id)
                                    : urls::customer_request(notification.service_request_id);
}

} // namespace

NotificationRow notification_row(web::Context& ctx, const Notification& notification)
{
    NotificationRow row{.id = notification.id,
        .path = path_of(ctx, notification),
        .message = sentence_of(notification),
        .title = service_requests::title_of(
            notification.description_start, shown_type(ctx.language().language(), notification.type_name)),
        .advice = {},
        .words = base::excerpt(notification.comment_start, longest_excerpt),
        .files = {},
        .is_of_leak = notification.is_of_leak(),
        .address = notification.is_of_leak() ? notification.address : "",
        .cannot_leave = notification.is_of_leak() && notification.cannot_leave,
        .is_read = notification.is_read,
        .when = ctx.dates().friendly(notification.created_at),
        .when_iso = base::iso_utc(notification.created_at),
        .when_exact = ctx.dates().exact(notification.created_at)};
    if (notification.comment_files > 0)
        row.files = base::Text::plural("{n} file", "{n} files", static_cast<std::uint64_t>(notification.comment_files));
    if (!notification.service_request_id)
        row.title.clear();
    if (notification.is_of_sign_in()) {
        row.advice = advice_for(notification.kind);
    }
    if (notification.kind == Kind::AccountAsked)
        row.advice = base::Text("You decide on your account page.");
    if (notification.kind == Kind::AccountHeld)
        row.advice = base::Text(
            "Whoever held it before has left the account. You decide who else shares it. Not right? Call us.");
    if (!ctx.visitor().is_staff())
        name_by_words(row, notification);
    return row;
}

std::optional<Position> parse_position(std::string_view text)
{
    const auto dot = text.find('.');
    const auto at = base::parse_integer(text.substr(0, dot));
    const auto id = dot == std::string_view::npos ? std::nullopt : base::parse_integer(text.substr(dot + 1));
    if (!at || !id)
        return std::nullopt;
    return Position{.at = base::from_millis(*at), .id = NotificationId{*id}};
}

ListView list_view(web::Context& ctx, const Position& before)
{
    ListView view;
    fill_rows(view, ctx, before);
    view.page = ctx.page(base::Text("Notifications"), web::Place::Notifications);
    view.empty = {.title = base::Text("Nothing new"),
        .text = base::Text("When the status of a request changes or somebody answers, it is listed here."),
        .action = {},
        .url = {}};
    return view;
}

ReadForm read_form(web::Context& ctx, const service_requests::ServiceRequest& request, const web::Page& page)
{
    std::optional<base::Time> newest;
    if (page.unread > 0)
        newest = find_newest_unread(ctx.db(), ctx.visitor().user_id, request.id);
    // A customer's view of the request has none.
    newest = std::max(newest, request.customer_replied_at);
    return {.path = ctx.visitor().is_staff() ? urls::read_desk_request(request.id)
                                             : urls::read_customer_request(request.id),
        .csrf = page.csrf,
        .until = newest ? base::to_millis(*newest) : 0,
        .is_unread = newest.has_value()};
}

} // namespace pages::shared
