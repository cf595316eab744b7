#include "accounts/account.hpp"
#include "notifications/notification.hpp"
#include "pages/customer/page_views.hpp"
#include "pages/customer/request_row.hpp"
#include "pages/shared/notification_views.hpp"
#include "service_requests/of_owner.hpp"

#include <algorithm>
#include <chrono>

namespace pages::customer {

using namespace service_requests;

namespace {

constexpr std::size_t most_resolved = 3;
constexpr std::size_t most_news = 5;
constexpr std::chrono::days lately_resolved{30};

HomeView::Greeting greeting_at(int hour)
{
    if (hour < 12)
        return HomeView::Greeting::Morning;
    return hour < 18 ? HomeView::Greeting::Afternoon : HomeView::Greeting::Evening;
}

std::vector<ServiceRequest> requests_with(web::Context& ctx, const Reach& reach, Status status, std::size_t most)
{
    auto requests = list_visible_service_requests(
        ctx.db(), ctx.visitor().user_id, reach, {.status = status, .type_id = {}, .before = {}, .after = {}});
    std::erase_if(requests, [&](const ServiceRequest& request) {
        return request.resolved_at && *request.resolved_at < ctx.now() - lately_resolved;
    });
    requests.resize(std::min(requests.size(), most));
    return requests;
}

std::vector<shared::NotificationRow> unread_news(web::Context& ctx)
{
    std::vector<shared::NotificationRow> news;
    for (const auto& notification : notifications::list_notifications(ctx.db(), ctx.visitor().user_id, {})) {
        if (notification.is_read || news.size() == most_news)
            continue;
        news.push_back(shared::notification_row(ctx, notification));
    }
    return news;
}

} // namespace

HomeView home_view(web::Context& ctx)
{
    const UserId user = ctx.visitor().user_id;
    const std::string& name = ctx.visitor().full_name;
    HomeView view;
    view.page = ctx.page(base::Text("Home"), web::Place::Home);
    view.greeting = greeting_at(ctx.site().zone.hour(ctx.now()));
    view.first_name = name.substr(0, name.find(' '));
    view.unsent = unsent_texts(ctx);
    const Reach reach = find_reach(ctx.db(), user);
    const OwnCounts counts = count_visible_service_requests(ctx.db(), user, reach);
    view.pending = counts.pending;
    view.is_new = counts.pending + counts.resolved == 0;
    view.open = rows_of(ctx, view.page, reach, requests_with(ctx, reach, Status::Pending, page_size));
    view.resolved = rows_of(ctx, view.page, reach, requests_with(ctx, reach, Status::Resolved, most_resolved));
    if (view.page.unread > 0)
        view.news = unread_news(ctx);
    for (const auto& account : accounts::list_accounts_of(ctx.db(), user)) {
        view.accounts.push_back({account.number, account.address, account.phone});
        if (is_leak_open_at(ctx.db(), account.id, account.address, user))
            view.leaks_at.push_back(account.address);
    }
    return view;
}

} // namespace pages::customer
