#include "app/live_round.hpp"

#include "admin/live_pages.hpp"
#include "events/position.hpp"
#include "notifications/notification.hpp"
#include "service_requests/live_pages.hpp"
#include "service_requests/queue.hpp"
#include "web/json.hpp"

#include <algorithm>

namespace app {

namespace {

// The dispatcher looks service requests up once for all pages; each page's own right was checked when its stream
// opened.
const base::Visitor& as_staff()
{
    static const base::Visitor staff{
        .user_id = UserId{-1}, .role = base::Role::Administrator, .username = {}, .full_name = {}};
    return staff;
}

std::string data_of(const web::LivePatch& patch)
{
    return web::json_object({{"slot", patch.slot}, {"mode", patch.mode}, {"html", patch.html}, {"say", patch.say}});
}

} // namespace

LiveRound::LiveRound(const web::Site& site, db::Connection& db, Pages pages, std::string to)
    : site_(site), db_(db), pages_(std::move(pages)), to_(std::move(to)), letters_(pages_.size())
{}

void LiveRound::tell_since(std::string_view from)
{
    const auto untold = events::list_untold(db_, from, to_);
    if (!untold) {
        for (Letter& letter : letters_)
            letter.emplace_back("reload", "{}");
    } else if (!untold->empty()) {
        for (const events::Event& event : *untold)
            render(event);
        if (emergencies_changed_)
            render_open_emergencies();
        render_unread();
    }
    send();
}

void LiveRound::render(const events::Event& event)
{
    if (event.subject != events::Subject::ServiceRequest)
        return;
    const auto request = service_requests::get_service_request(db_, as_staff(), ServiceRequestId{event.subject_id});
    emergencies_changed_ |= request.is_emergency && event.kind != "commented" && event.kind != "attached";
    for (std::size_t page = 0; page < pages_.size(); ++page)
        render_for(page, event, request);
}

void LiveRound::render_for(
    std::size_t number, const events::Event& event, const service_requests::ServiceRequest& request)
{
    const web::Subscription& page = *pages_[number];
    const bool is_staff = page.visitor.is_staff();
    if (event.visibility == base::Visibility::Internal && !is_staff)
        return;
    if (page.service_request == request.id) {
        const auto patches = is_staff ? admin::live_patches(site_, db_, request, event, page.visitor)
                                      : service_requests::live_patches(site_, db_, request, event, page.visitor);
        for (const web::LivePatch& patch : patches)
            letters_[number].emplace_back("patch", data_of(patch));
    }
    if (page.is_queue && is_staff) {
        if (const auto row = admin::live_row(site_, db_, request, event, page.queue_query))
            letters_[number].emplace_back(row->is_emergency ? "emergency" : "row", data_of(row->patch));
    }
}

void LiveRound::render_open_emergencies()
{
    const std::string open = web::json_number("open", service_requests::count_open_emergencies(db_));
    for (std::size_t page = 0; page < pages_.size(); ++page)
        if (pages_[page]->visitor.is_staff())
            letters_[page].emplace_back("emergencies", open);
}

void LiveRound::render_unread()
{
    std::vector<UserId> users;
    for (const auto& page : pages_)
        users.push_back(page->visitor.user_id);
    std::sort(users.begin(), users.end());
    users.erase(std::unique(users.begin(), users.end()), users.end());
    const auto counts = notifications::count_unread(db_, users);
    for (std::size_t number = 0; number < pages_.size(); ++number) {
        web::Subscription& page = *pages_[number];
        const auto found = counts.find(page.visitor.user_id);
        const std::int64_t count = found == counts.end() ? 0 : found->second;
        if (std::exchange(page.unread, count) != count)
            letters_[number].emplace_back("count", web::json_number("unread", count));
    }
}

void LiveRound::send()
{
    for (std::size_t number = 0; number < pages_.size(); ++number) {
        web::Subscription& page = *pages_[number];
        const Letter& letter = letters_[number];
        for (const auto& message : letter) {
            const bool is_last = &message == &letter.back();
            page.sink->push(web::sse_message(is_last ? to_ : std::string_view(), message.first, message.second));
        }
        page.position = to_;
    }
}

} // namespace app
