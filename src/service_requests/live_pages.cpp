#include "service_requests/live_pages.hpp"

#include "service_requests/actions.html.hpp"
#include "service_requests/presentation.hpp"
#include "service_requests/state.html.hpp"
#include "service_requests/timeline_item.html.hpp"

namespace service_requests {

namespace {

template <typename Draw>
std::string piece(const web::Site& site, Draw&& draw)
{
    web::Html out(site.html, web::HtmlMode::Fragment);
    draw(out);
    return out.take();
}

std::string filled(std::string_view message, std::string_view name)
{
    std::string text(message);
    if (const auto place = text.find("{name}"); place != std::string::npos)
        text.replace(place, std::string_view("{name}").size(), name);
    return text;
}

// What is read out: the news, and nothing for what the viewer did.
std::string announcement(const web::Site& site, const TimelineItem& item)
{
    if (item.by_viewer)
        return {};
    if (item.is_comment)
        return filled(site.html.translate("{name} replied"), item.author);
    if (item.kind == "resolved")
        return std::string(site.html.translate("Your request is resolved"));
    if (item.kind == "reopened")
        return std::string(site.html.translate("Your request is open again"));
    return {};
}

web::LivePatch state_patch(const web::Site& site, const StateView& state)
{
    return {"state", "replace", piece(site, [&](web::Html& out) { views::service_requests::state(out, state); }), {}};
}

web::LivePatch actions_patch(const web::Site& site, const ServiceRequest& request)
{
    ActionsView view;
    view.id = request.id;
    view.is_resolved = request.status == Status::Resolved;
    return {
        "actions", "replace", piece(site, [&](web::Html& out) { views::service_requests::actions(out, view); }), {}};
}

} // namespace

std::vector<web::LivePatch> live_patches(const web::Site& site, db::Connection& db, const ServiceRequest& request,
    const events::Event& event, const base::Visitor& viewer)
{
    const base::Time now = site.clock.now();
    const auto item = timeline_item(db, site.zone, now, request, event, viewer);
    if (!item)
        return {};
    std::vector<web::LivePatch> patches;
    patches.push_back(
        {"timeline", "append", piece(site, [&](web::Html& out) { views::service_requests::timeline_item(out, *item); }),
            announcement(site, *item)});
    const bool is_change = event.kind == "resolved" || event.kind == "reopened";
    if (is_change || item->by_staff)
        patches.push_back(
            state_patch(site, state_of(site.zone, request, timeline(db, site.zone, now, request, viewer))));
    if (is_change)
        patches.push_back(actions_patch(site, request));
    return patches;
}

} // namespace service_requests
