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

web::Empty empty_words(const ListView& view)
{
    if (view.counts.pending + view.counts.resolved == 0)
        return {base::Text("No requests yet"),
            base::Text("When something needs fixing, fitting or explaining, start here. You can follow it from the "
                       "first minute."),
            base::Text("New request"), urls::new_request()};
    return {base::Text("Nothing here"), base::Text("None of your requests match this filter."),
        base::Text("Show all requests"), urls::customer_requests()};
}

} // namespace

ListView list_view(web::Context& ctx, const ListQuery& query)
{
    ListView view;
    view.page = ctx.page(base::Text("Your requests"), web::Place::Requests);
    view.status = query.filter.status;
    view.type = query.type;
    const auto types = ctx.recent(request_types::list_request_types);
    for (const auto& type : *types)
        view.types.push_back({type.slug, type.name, type.id == query.filter.type_id});
    view.counts = count_own_service_requests(ctx.db(), ctx.visitor().user_id);
    auto requests = list_own_service_requests(ctx.db(), ctx.visitor().user_id, query.filter);
    const bool has_more = requests.size() > page_size;
    cut_to_page(requests, query.filter);
    view.rows = rows_of(ctx.dates(), requests);
    view.pager = pager_for(view, query, has_more);
    view.empty = empty_words(view);
    return view;
}

} // namespace pages::customer
