#include "app/live_dispatcher.hpp"

#include "admin/live_pages.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "notifications/notification.hpp"
#include "service_requests/live_pages.hpp"
#include "users/session.hpp"
#include "web/json.hpp"

#include <algorithm>
#include <chrono>

namespace app {

namespace {

constexpr int longest_wait_ms = 2000;
constexpr auto session_check_interval = std::chrono::seconds(2);
constexpr std::size_t events_at_once = 200;

// The dispatcher looks service requests up once for all pages; each page's own right was checked when its stream
// opened.
const base::Visitor& as_staff()
{
    static const base::Visitor staff{
        .user_id = UserId{-1}, .role = base::Role::Administrator, .username = {}, .full_name = {}};
    return staff;
}

void push(web::Subscription& page, EventId id, std::string_view name, const web::LivePatch& patch)
{
    const std::string data =
        web::json_object({{"slot", patch.slot}, {"mode", patch.mode}, {"html", patch.html}, {"say", patch.say}});
    page.sink->push(web::sse_message(id, name, data));
}

} // namespace

LiveDispatcher::LiveDispatcher(Services& services) : services_(services), thread_([this] { run(); }) {}

LiveDispatcher::~LiveDispatcher()
{
    services_.live.close();
    thread_.join();
}

void LiveDispatcher::run()
{
    while (services_.live.wait(longest_wait_ms)) {
        const Subscriptions subscriptions = services_.live.open_subscriptions();
        if (subscriptions.empty()) {
            unread_.clear();
            continue;
        }
        try {
            tell(subscriptions);
            end_expired_sessions(subscriptions);
        } catch (const std::exception& error) {
            // The pages stay where they were; the next commit or tick tries again from their position.
            base::log::error(std::string("live pages: ") + error.what());
        }
    }
}

void LiveDispatcher::tell(const Subscriptions& subscriptions)
{
    for (;;) {
        db::ReadLease lease = services_.site.database.read();
        const auto behind = std::min_element(subscriptions.begin(), subscriptions.end(),
            [](const auto& a, const auto& b) { return a->position < b->position; });
        const auto events = events::list_events_after(*lease, (*behind)->position, events_at_once);
        for (const events::Event& event : events)
            tell_event(*lease, subscriptions, event);
        if (events.size() == events_at_once)
            continue;
        if (!events.empty())
            tell_unread(*lease, subscriptions);
        return;
    }
}

void LiveDispatcher::tell_event(db::Connection& db, const Subscriptions& subscriptions, const events::Event& event)
{
    std::optional<service_requests::ServiceRequest> request;
    if (event.subject == events::Subject::ServiceRequest)
        request = service_requests::get_service_request(db, as_staff(), ServiceRequestId{event.subject_id});
    for (const auto& page : subscriptions) {
        if (page->position >= event.id)
            continue;
        if (request)
            tell_page(db, *page, event, *request);
        page->position = event.id;
    }
}

void LiveDispatcher::tell_page(db::Connection& db, web::Subscription& page, const events::Event& event,
    const service_requests::ServiceRequest& request)
{
    const bool is_staff = page.visitor.is_staff();
    if (event.visibility == base::Visibility::Internal && !is_staff)
        return;
    if (page.service_request == request.id) {
        const auto patches = is_staff
                                 ? admin::live_patches(services_.site, db, request, event, page.visitor)
                                 : service_requests::live_patches(services_.site, db, request, event, page.visitor);
        for (const web::LivePatch& patch : patches)
            push(page, event.id, "patch", patch);
    }
    if (page.is_queue && is_staff) {
        if (const auto row = admin::live_row(services_.site, db, request, event, page.queue_query))
            push(page, event.id, row->is_emergency ? "emergency" : "row", row->patch);
    }
}

void LiveDispatcher::tell_unread(db::Connection& db, const Subscriptions& subscriptions)
{
    std::map<UserId, std::int64_t> counts;
    for (const auto& page : subscriptions) {
        const UserId user = page->visitor.user_id;
        auto [count, is_new] = counts.try_emplace(user, 0);
        if (is_new)
            count->second = notifications::count_unread(db, user);
        const auto told = unread_.find(user);
        if (told == unread_.end() || told->second != count->second)
            page->sink->push(web::sse_message(page->position, "count", web::json_number("unread", count->second)));
    }
    unread_ = std::move(counts);
}

void LiveDispatcher::end_expired_sessions(const Subscriptions& subscriptions)
{
    const base::Time now = services_.site.clock.now();
    if (now - sessions_checked_at_ < session_check_interval)
        return;
    sessions_checked_at_ = now;
    db::ReadLease lease = services_.site.database.read();
    for (const auto& page : subscriptions) {
        if (!users::find_session(*lease, page->session_hash, now, services_.session_rules))
            services_.live.end_session(page->session_hash);
    }
}

} // namespace app
