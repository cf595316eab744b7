#include "live/customer_pieces.hpp"

#include "pages/shared/presentation.hpp"
#include "shared/actions.html.hpp"
#include "shared/state.html.hpp"
#include "shared/timeline_item.html.hpp"
#include "web/json.hpp"

namespace live {

namespace {

using namespace service_requests;

std::string filled(std::string_view message, std::string_view name)
{
    std::string text(message);
    if (const auto place = text.find("{name}"); place != std::string::npos)
        text.replace(place, std::string_view("{name}").size(), name);
    return text;
}

// What is read out: the news, and nothing for what the reader did.
std::string announcement(const web::Site& site, const timeline::Item& item)
{
    if (item.by_viewer)
        return {};
    if (item.is_comment)
        return filled(site.html.translate("{name} replied"), item.author);
    if (item.kind == events::Kind::Resolved)
        return std::string(site.html.translate("Your request is resolved"));
    if (item.kind == events::Kind::Reopened)
        return std::string(site.html.translate("Your request is open again"));
    return {};
}

template <typename Draw>
Message replacing(const web::Site& site, std::string_view slot, Draw&& draw)
{
    return {"patch", web::json_object({{"slot", slot}, {"mode", "replace"}, {"html", piece(site, draw)}, {"say", {}}})};
}

pages::shared::ActionsView actions_of(const ServiceRequest& request)
{
    pages::shared::ActionsView view;
    view.id = request.id;
    view.is_resolved = request.status == Status::Resolved;
    return view;
}

} // namespace

std::vector<Message> customer_messages(
    const Source& source, const ServiceRequest& request, const events::Event& event, const base::Visitor& reader)
{
    const web::Site& site = source.site;
    const base::Time now = site.clock.now();
    const auto item = timeline::find_item(source.db, request, event, {site.zone, now, reader});
    if (!item)
        return {};
    const std::string html = piece(site, [&](web::Html& out) { views::shared::timeline_item(out, *item); });
    std::vector<Message> messages;
    messages.push_back({"patch", web::json_object({{"slot", "timeline"}, {"mode", "append"}, {"html", html},
                                     {"say", announcement(site, *item)}})});
    const bool is_change = event.kind == events::Kind::Resolved || event.kind == events::Kind::Reopened;
    if (is_change || item->by_staff) {
        const auto state = pages::shared::state_of(
            site.zone, request, timeline::list_items(source.db, request, {site.zone, now, reader}));
        messages.push_back(replacing(site, "state", [&](web::Html& out) { views::shared::state(out, state); }));
    }
    if (is_change)
        messages.push_back(
            replacing(site, "actions", [&](web::Html& out) { views::shared::actions(out, actions_of(request)); }));
    return messages;
}

} // namespace live
