#include "queue/place.hpp"

#include "base/text.hpp"
#include "queue/queue.hpp"
#include "service_requests/row.hpp"

namespace queue {

namespace {

using search::Filter;
using search::Sort;
using service_requests::ServiceRequest;

/// Plain conditions, so that the planner chooses: a count needs no order.
void add_counted_filters(db::SqlBuilder& sql, const Filter& filter)
{
    search::add_owner(sql, filter);
    if (filter.status)
        sql.add(" AND r.status = ").bind(service_requests::status_name(*filter.status));
    if (!filter.types.empty()) {
        sql.add(" AND r.request_type_id IN (").bind(filter.types.front().value);
        for (std::size_t i = 1; i < filter.types.size(); ++i)
            sql.add(", ").bind(filter.types[i].value);
        sql.add(")");
    }
    if (filter.from)
        sql.add(" AND r.submitted_at >= ").bind(*filter.from);
    if (filter.until)
        sql.add(" AND r.submitted_at < ").bind(*filter.until);
    if (filter.resolved_from)
        sql.add(" AND r.resolved_at >= ").bind(*filter.resolved_from);
}

void add_up_to_position(db::SqlBuilder& sql, const Filter& filter)
{
    switch (filter.sort) {
    case Sort::Newest:
        sql.add(" AND (r.submitted_at, r.id) >= (");
        break;
    case Sort::Oldest:
        sql.add(" AND (r.submitted_at, r.id) <= (");
        break;
    case Sort::Updated:
        sql.add(" AND (r.updated_at, r.id) >= (");
        break;
    }
    sql.bind(filter.position->sort_value).add(", ").bind(filter.position->id.value).add(")");
}

void add_count(db::SqlBuilder& sql, const Filter& filter, bool is_up_to_position)
{
    sql.add("(SELECT COUNT(*) FROM (SELECT 1 FROM service_servicerequest r WHERE 1 = 1");
    add_counted_filters(sql, filter);
    if (is_up_to_position)
        add_up_to_position(sql, filter);
    sql.add(" LIMIT ").bind(most_counted + 1).add(") counted)");
}

std::vector<ServiceRequest> list_updated_after(db::Connection& db, const Filter& filter, std::size_t limit)
{
    db::SqlBuilder sql(service_requests::row_columns);
    sql.add(" FROM service_servicerequest r").add(service_requests::row_joins).add(" WHERE (r.updated_at, r.id) > (");
    sql.bind(filter.position->sort_value).add(", ").bind(filter.position->id.value).add(")");
    search::add_row_filters(sql, filter, db.engine());
    sql.add(" ORDER BY r.updated_at, r.id LIMIT ").bind(limit);
    return db::map_rows(db.query(sql), service_requests::service_request_from_row);
}

} // namespace

Filter::Position position_after(Sort sort, const ServiceRequest& request)
{
    const base::Time value = sort == Sort::Updated ? request.updated_at : request.submitted_at;
    return {.sort_value = base::to_millis(value), .id = request.id};
}

std::vector<ServiceRequest> list_before(db::Connection& db, const Filter& filter, std::size_t limit)
{
    const bool is_search = !base::trim(filter.search).empty();
    if (!filter.position || limit == 0 || (is_search && filter.sort == Sort::Updated))
        return {};
    if (filter.sort == Sort::Updated)
        return list_updated_after(db, filter, limit);
    Filter backwards = filter;
    backwards.sort = filter.sort == Sort::Newest ? Sort::Oldest : Sort::Newest;
    backwards.page_size = limit - 1;
    return list_queue(db, backwards);
}

std::optional<Found> count_found(db::Connection& db, const Filter& filter)
{
    if (!base::trim(filter.search).empty())
        return std::nullopt;
    db::SqlBuilder sql("SELECT ");
    add_count(sql, filter, false);
    if (filter.position) {
        sql.add(", ");
        add_count(sql, filter, true);
    } else {
        sql.add(", 0");
    }
    return db.query(sql).first(
        [](const db::Row& row) { return Found{.total = row.integer(0), .before = row.integer(1)}; });
}

} // namespace queue
