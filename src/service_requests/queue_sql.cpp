#include "service_requests/queue_sql.hpp"

#include "service_requests/row.hpp"

namespace service_requests {

namespace {

constexpr std::size_t most_sorted_matches = 1000;

/// Whether the planner may walk an index on the filtered column, or should test each row that the order leads it to.
/// A page is 25 rows of an order: an index that leads elsewhere means sorting everything first.
enum class Use : std::uint8_t
{
    Index,
    RowByRow
};

void add_status(db::SqlBuilder& sql, const QueueFilter& filter, Use use)
{
    if (filter.status) {
        if (use == Use::Index) {
            sql.add(" AND r.status = ");
        } else {
            sql.add(" AND r.status || '' = ");
        }
        sql.bind(status_name(*filter.status));
    }
}

void add_types(db::SqlBuilder& sql, const QueueFilter& filter, Use use)
{
    if (filter.types.empty()) {
        return;
    }
    if (use == Use::Index && filter.types.size() == 1) {
        sql.add(" AND r.request_type_id = ").bind(filter.types.front().value);
        return;
    }
    sql.add(" AND r.request_type_id + 0 IN (").bind(filter.types.front().value);
    for (std::size_t i = 1; i < filter.types.size(); ++i) {
        sql.add(", ").bind(filter.types[i].value);
    }
    sql.add(")");
}

void add_dates(db::SqlBuilder& sql, const QueueFilter& filter, Use use)
{
    const bool is_row_by_row = use == Use::RowByRow;
    if (filter.from) {
        sql.add(is_row_by_row ? db::Sql(" AND r.submitted_at + 0 >= ") : db::Sql(" AND r.submitted_at >= "));
        sql.bind(*filter.from);
    }
    if (filter.until) {
        sql.add(is_row_by_row ? db::Sql(" AND r.submitted_at + 0 < ") : db::Sql(" AND r.submitted_at < "));
        sql.bind(*filter.until);
    }
    if (filter.resolved_from) {
        sql.add(" AND r.resolved_at >= ").bind(*filter.resolved_from);
    }
}

void add_position_and_order(db::SqlBuilder& sql, const QueueFilter& filter)
{
    if (const auto& position = filter.position) {
        switch (filter.sort) {
        case QueueSort::Newest:
            sql.add(" AND (r.submitted_at, r.id) < (");
            break;
        case QueueSort::Oldest:
            sql.add(" AND (r.submitted_at, r.id) > (");
            break;
        case QueueSort::Updated:
            sql.add(" AND (r.updated_at, r.id) < (");
            break;
        }
        sql.bind(position->sort_value).add(", ").bind(position->id.value).add(")");
    }
    switch (filter.sort) {
    case QueueSort::Newest:
        sql.add(" ORDER BY r.submitted_at DESC, r.id DESC");
        break;
    case QueueSort::Oldest:
        sql.add(" ORDER BY r.submitted_at, r.id");
        break;
    case QueueSort::Updated:
        sql.add(" ORDER BY r.updated_at DESC, r.id DESC");
        break;
    }
    sql.add(" LIMIT ").bind(filter.page_size + 1);
}

void add_row_by_row_filters(db::SqlBuilder& sql, const QueueFilter& filter)
{
    add_status(sql, filter, Use::RowByRow);
    add_types(sql, filter, Use::RowByRow);
    add_dates(sql, filter, Use::RowByRow);
}

void add_matches_by_update(db::SqlBuilder& sql, const QueueFilter& filter, const Search& search, SearchPlace place)
{
    sql.add(row_columns).add(" FROM service_servicerequest r").add(row_joins).add(" WHERE r.id IN (");
    search.add_newest_ids(sql, place, most_sorted_matches);
    sql.add(")");
    add_row_by_row_filters(sql, filter);
    add_position_and_order(sql, filter);
}

} // namespace

void add_export_filter(db::SqlBuilder& sql, const QueueFilter& filter)
{
    add_row_by_row_filters(sql, filter);
}

void add_browse_sql(db::SqlBuilder& sql, const QueueFilter& filter)
{
    sql.add(row_columns).add(" FROM service_servicerequest r").add(row_joins).add(" WHERE 1 = 1");
    if (filter.sort == QueueSort::Updated) {
        add_row_by_row_filters(sql, filter);
    } else {
        add_status(sql, filter, Use::Index);
        add_types(sql, filter, filter.status ? Use::RowByRow : Use::Index);
        add_dates(sql, filter, Use::Index);
    }
    add_position_and_order(sql, filter);
}

void add_search_sql(db::SqlBuilder& sql, const QueueFilter& filter, const Search& search, SearchPlace place)
{
    if (filter.sort == QueueSort::Updated) {
        add_matches_by_update(sql, filter, search, place);
        return;
    }
    const bool is_newest = filter.sort == QueueSort::Newest;
    const db::Sql id = Search::id_of(place);
    sql.add(row_columns);
    search.add_rows(sql, place);
    add_row_by_row_filters(sql, filter);
    if (filter.position) {
        sql.add(" AND ").add(id).add(is_newest ? db::Sql(" < ") : db::Sql(" > ")).bind(filter.position->id.value);
    }
    sql.add(" ORDER BY ").add(id).add(is_newest ? db::Sql(" DESC LIMIT ") : db::Sql(" LIMIT "));
    sql.bind(filter.page_size + 1);
}

} // namespace service_requests
