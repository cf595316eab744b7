#include "pages/customer/page_views.hpp"
#include "pages/customer/request_row.hpp"
#include "pages/shared/urls.hpp"
#include "request_types/request_type.hpp"

namespace pages::customer {

using namespace service_requests;

namespace {

// Rows beyond the page only tell that there is another one, in the direction of reading.
web::Pager pager_for(const ListView& view, const ListQuery& query, bool has_more)
{
    web::Pager pager;
    if (view.rows.empty())
        return pager;
    if (query.filter.after ? has_more : bool(query.filter.before))
        pager.newer = query.url("after", view.rows.front().id);
    if (query.filter.after || has_more)
        pager.older = query.url("before", view.rows.back().id);
    return pager;
}

void cut_to_page(std::vector<ServiceRequest>& requests, const OwnFilter& filter)
{
    if (requests.size() <= page_size)
        return;
    // Newest first in both directions: towards the newest, the extra one is the first.
    requests.erase(filter.after ? requests.begin() : requests.end() - 1);
}

// Names the filter and how many it finds, in the heading and in the title.
base::Text title_of(const ListView& view, const request_types::RequestType* type)
{
    if (!type && !view.status)
        return base::Text("Your requests");
    const auto count = [&](base::MessageId one, base::MessageId many, std::int64_t n) {
        base::Text requests = base::Text::plural(one, many, static_cast<std::uint64_t>(n));
        return type ? base::Text("{type}: {requests}",
                          {{"type", request_types::in_words(type->name)}, {"requests", std::move(requests)}})
                    : requests;
    };
    if (!view.status)
        return count(
            base::MessageId("1 request"), base::MessageId("{n} requests"), view.counts.pending + view.counts.resolved);
    return *view.status == Status::Pending
               ? count(base::MessageId("1 open request"), base::MessageId("{n} open requests"), view.counts.pending)
               : count(base::MessageId("1 resolved request"), base::MessageId("{n} resolved requests"),
                     view.counts.resolved);
}

web::Empty empty_words(const ListView& view)
{
    if (view.type.empty() && view.counts.pending + view.counts.resolved == 0)
        return {base::Text("No requests yet"), base::Text("You have no requests yet. Start here when you need help."),
            base::Text("New request"), urls::new_request()};
    return {base::Text("Nothing here"), base::Text("None of your requests match this filter."),
        base::Text("Show all requests"), urls::customer_requests()};
}

} // namespace

ListView list_view(web::Context& ctx, const ListQuery& query)
{
    ListView view;
    view.status = query.filter.status;
    view.type = query.type;
    const auto types = ctx.recent(request_types::list_request_types);
    const request_types::RequestType* chosen = nullptr;
    for (const auto& type : *types) {
        view.types.push_back({type.slug, request_types::in_words(type.name), type.id == query.filter.type_id});
        if (view.types.back().is_chosen)
            chosen = &type;
    }
    const UserId user = ctx.visitor().user_id;
    const Reach reach = find_reach(ctx.db(), user);
    view.counts = count_visible_service_requests(ctx.db(), user, reach, query.filter.type_id);
    view.page = ctx.page(title_of(view, chosen), web::Place::Requests);
    auto requests = list_visible_service_requests(ctx.db(), user, reach, query.filter);
    const bool has_more = requests.size() > page_size;
    cut_to_page(requests, query.filter);
    view.rows = rows_of(ctx, view.page, reach, std::move(requests));
    view.pager = pager_for(view, query, has_more);
    view.empty = empty_words(view);
    return view;
}

} // namespace pages::customer
