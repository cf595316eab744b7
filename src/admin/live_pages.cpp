#include "admin/live_pages.hpp"

#include "admin/history_line.html.hpp"
#include "admin/queue_query.hpp"
#include "admin/queue_row.html.hpp"
#include "admin/request_state.html.hpp"
#include "admin/request_view.hpp"
#include "service_requests/timeline.hpp"
#include "service_requests/timeline_item.html.hpp"

#include <fmt/format.h>

namespace admin {

namespace {

using service_requests::ServiceRequest;
using service_requests::Status;

template <typename Draw>
std::string piece(const web::Site& site, Draw&& draw)
{
    web::Html out(site.html, web::HtmlMode::Fragment);
    draw(out);
    return out.take();
}

std::string who(const events::Event& event)
{
    return event.actor_name.empty() ? "A guest" : event.actor_name;
}

std::string words_for(const events::Event& event)
{
    if (event.kind == "commented")
        return fmt::format("{} {}", who(event),
            event.visibility == base::Visibility::Internal ? "wrote an internal note" : "wrote a comment");
    if (event.kind == "resolved")
        return who(event) + " set it to Resolved";
    if (event.kind == "reopened")
        return who(event) + " set it to Pending again";
    return {};
}

bool is_change_of_status(const events::Event& event)
{
    return event.kind == "resolved" || event.kind == "reopened";
}

} // namespace

std::vector<web::LivePatch> live_patches(const web::Site& site, db::Connection& db, const ServiceRequest& request,
    const events::Event& event, const base::Visitor& viewer)
{
    const base::Time now = site.clock.now();
    std::vector<web::LivePatch> patches;
    const bool by_viewer = event.actor_id == viewer.user_id;
    if (const auto item = service_requests::timeline_item(db, site.zone, now, request, event, viewer)) {
        patches.push_back({"timeline", "append",
            piece(site, [&](web::Html& out) { views::service_requests::timeline_item(out, *item); }),
            by_viewer ? std::string() : words_for(event)});
    }
    if (is_change_of_status(event)) {
        const RequestState state = request_state(site.zone, request, now);
        patches.push_back(
            {"state", "replace", piece(site, [&](web::Html& out) { views::admin::request_state(out, state); }), {}});
    }
    const HistoryLine line = history_line(site.zone, event, now);
    patches.push_back(
        {"history", "append", piece(site, [&](web::Html& out) { views::admin::history_line(out, line); }), {}});
    return patches;
}

std::optional<LiveRow> live_row(const web::Site& site, db::Connection& db, const ServiceRequest& request,
    const events::Event& event, std::string_view queue_query)
{
    const auto types =
        site.recent->get(request_types::list_request_types, site.clock.now(), [&]() -> db::Connection& { return db; });
    const QueueQuery query = read_queue_query(split_query(queue_query), *types, site.zone, site.clock.now());
    const QueueRow row = queue_row(site.zone, request, site.clock.now());
    const bool is_new = event.kind == "submitted" || event.kind == "reopened";
    if (!row.is_pinned && !service_requests::matches(db, query.filter, request.id) && !is_change_of_status(event))
        return std::nullopt;
    LiveRow live;
    live.is_emergency = row.is_pinned && is_new;
    live.patch.slot = "rows";
    live.patch.mode = is_new ? "insert" : "replace";
    live.patch.html = piece(site, [&](web::Html& out) { views::admin::queue_row(out, row); });
    if (live.is_emergency)
        live.patch.say = fmt::format("Emergency: {}, {}", row.title, row.address);
    else if (event.kind == "submitted")
        live.patch.say = fmt::format("New request: {}", row.title);
    return live;
}

} // namespace admin
