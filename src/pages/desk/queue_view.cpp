#include "pages/desk/queue_view.hpp"

#include "pages/shared/emergencies/alarm_board.hpp"
#include "pages/shared/urls.hpp"
#include "queue/queue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace pages::desk {

namespace {

using search::Sort;
using service_requests::Status;

std::string url_with(const shared::QueueQuery& query, std::string_view name, std::string_view value)
{
    return urls::desk_queue(query.with(name, value));
}

std::vector<Choice> status_choices(const shared::QueueQuery& query)
{
    const auto chosen = query.filter.status;
    // "Resolved today" is a view of its own: choosing a status leaves it.
    shared::QueueQuery any_day = query;
    any_day.resolved_today = false;
    return {{base::Text("Pending"), url_with(any_day, "status", "Pending"), chosen == Status::Pending},
        {base::Text("Resolved"), url_with(any_day, "status", "Resolved"), chosen == Status::Resolved},
        {base::Text("All"), url_with(any_day, "status", ""), !chosen}};
}

std::vector<Choice> sort_choices(const shared::QueueQuery& query)
{
    const search::Sort chosen = query.filter.sort;
    return {{base::Text("Newest first"), url_with(query, "sort", ""), chosen == search::Sort::Newest},
        {base::Text("Oldest first"), url_with(query, "sort", "oldest"), chosen == search::Sort::Oldest},
        {base::Text("Recently updated"), url_with(query, "sort", "updated"), chosen == search::Sort::Updated}};
}

std::vector<Choice> size_choices(const shared::QueueQuery& query)
{
    const std::size_t chosen = query.filter.page_size;
    return {{base::Text::verbatim("25"), url_with(query, "size", ""), chosen == 25},
        {base::Text::verbatim("50"), url_with(query, "size", "50"), chosen == 50},
        {base::Text::verbatim("100"), url_with(query, "size", "100"), chosen == 100}};
}

std::vector<TypeBox> type_boxes(const shared::QueueQuery& query, const RequestTypes& types)
{
    std::vector<TypeBox> boxes;
    for (const auto& type : types) {
        const bool is_chosen = std::find(query.types.begin(), query.types.end(), type.slug) != query.types.end();
        if (type.is_active || is_chosen)
            boxes.push_back({type.slug, type.name, is_chosen});
    }
    return boxes;
}

web::Place place_of(const shared::QueueQuery& query)
{
    if (query.resolved_today)
        return web::Place::ResolvedToday;
    if (query.filter.status == Status::Pending)
        return query.types == std::vector<std::string>{"gas-leak"} ? web::Place::Emergencies : web::Place::AllOpen;
    return web::Place::AllRequests;
}

base::Text heading_of(const shared::QueueQuery& query)
{
    if (!query.filter.search.empty())
        return base::Text("Search results");
    switch (place_of(query)) {
    case web::Place::ResolvedToday:
        return base::Text("Resolved today");
    case web::Place::Emergencies:
        return base::Text("Emergencies");
    case web::Place::AllOpen:
        return base::Text("All open");
    default:
        return query.filter.status == Status::Resolved ? base::Text("Resolved") : base::Text("All requests");
    }
}

/// "See all" of the pinned ones and the side bar lead here.
bool lists_all_emergencies(const shared::QueueQuery& query)
{
    return place_of(query) == web::Place::Emergencies && query.filter.search.empty() && !query.filter.from &&
           !query.filter.until;
}

std::string next_page_of(const shared::QueueQuery& query, const service_requests::ServiceRequest& last)
{
    const base::Time value = query.filter.sort == search::Sort::Updated ? last.updated_at : last.submitted_at;
    return url_with(query, "at", fmt::format("{}.{}", base::to_millis(value), last.id.value));
}

base::Text found_words(std::size_t count)
{
    if (count == 0)
        return base::Text("No requests found");
    return base::Text::plural("1 request on this page", "{n} requests on this page", count);
}

void fill_rows(QueueView& view, web::Context& ctx, const shared::QueueQuery& query, FoundRequests requests)
{
    const shared::Source source{ctx.db(), ctx.dates()};
    if (requests.size() > query.filter.page_size) {
        requests.resize(query.filter.page_size);
        view.next_page = next_page_of(query, requests.back());
    }
    view.is_list_of_emergencies = lists_all_emergencies(query);
    view.takes_emergencies =
        view.is_list_of_emergencies && query.filter.sort == search::Sort::Newest && !query.filter.position;
    if (!view.is_list_of_emergencies)
        view.pinned = shared::pinned_emergencies(source);
    std::vector<ServiceRequestId> pinned;
    for (const shared::QueueRow& row : view.pinned.rows)
        pinned.push_back(row.id);
    view.is_empty = requests.empty();
    // Pinned ones stand on top already; there may be more than are pinned.
    std::erase_if(requests, [&](const auto& request) { return std::ranges::find(pinned, request.id) != pinned.end(); });
    view.rows = shared::queue_rows(source, requests);
    if (!query.text().empty()) {
        for (const auto& request : queue::list_matching(ctx.db(), query.filter, pinned))
            view.pinned_matches.push_back(shared::queue_row(source.dates, request));
    }
    view.is_empty = view.is_empty && view.pinned_matches.empty();
    if (!query.filter.search.empty())
        view.say = found_words(view.rows.size() + view.pinned_matches.size());
}

void fill_filter(QueueView& view, const shared::QueueQuery& query, const RequestTypes& types)
{
    view.heading = heading_of(query);
    view.notes = query.notes();
    view.statuses = status_choices(query);
    view.types = type_boxes(query, types);
    view.sorts = sort_choices(query);
    view.sizes = size_choices(query);
    view.sort_label =
        std::find_if(view.sorts.begin(), view.sorts.end(), [](const Choice& c) { return c.is_chosen; })->label;
    view.status = query.filter.status ? service_requests::status_name(*query.filter.status) : "";
    view.sort = query.filter.sort == search::Sort::Newest   ? ""
                : query.filter.sort == search::Sort::Oldest ? "oldest"
                                                            : "updated";
    view.size = query.filter.page_size == 25 ? "" : std::to_string(query.filter.page_size);
    view.resolved = query.resolved_today ? "today" : "";
    view.from = query.from;
    view.until = query.until;
    view.search = query.filter.search;
    view.export_url = urls::desk_export(query.text());
    view.xlsx_url = view.export_url + (query.text().empty() ? "?" : "&") + "format=xlsx";
    view.clear_url = urls::desk_queue();
    view.has_filter = !query.text().empty();
    view.first_page = query.filter.position ? urls::desk_queue(query.text()) : "";
}

} // namespace

QueueView queue_view(web::Context& ctx, const shared::QueueQuery& query, const RequestTypes& types, FoundRequests found)
{
    QueueView view;
    fill_filter(view, query, types);
    fill_rows(view, ctx, query, std::move(found));
    view.page = ctx.page(view.heading, place_of(query));
    view.page.search = query.filter.search;
    view.page.live_topics += fmt::format(" pinned queue:{}", query.text());
    return view;
}

} // namespace pages::desk
