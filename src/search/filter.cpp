#include "search/filter.hpp"

#include "service_requests/row.hpp"

#include <algorithm>

namespace search {

namespace {

/// Whether SQLite may walk an index on the filtered column, or should test each row that the order leads it to. A page
/// is 25 rows of an order: an index that leads elsewhere means sorting everything first. PostgreSQL knows from its
/// statistics how many rows fit and decides better unguided.
enum class Use : std::uint8_t
{
    Index,
    RowByRow
};

void add_status(db::SqlBuilder& sql, const Filter& filter, Use use)
{
    if (filter.status) {
        if (use == Use::Index) {
            sql.add(" AND r.status = ");
        } else {
            sql.add(" AND r.status || '' = ");
        }
        sql.bind(service_requests::status_name(*filter.status));
    }
}

void add_types(db::SqlBuilder& sql, const Filter& filter, Use use)
{
    if (filter.types.empty()) {
        return;
    }
    sql.add(use == Use::Index ? db::Sql(" AND r.request_type_id IN (") : db::Sql(" AND r.request_type_id + 0 IN ("));
    sql.bind(filter.types.front().value);
    for (std::size_t i = 1; i < filter.types.size(); ++i) {
        sql.add(", ").bind(filter.types[i].value);
    }
    sql.add(")");
}

void add_dates(db::SqlBuilder& sql, const Filter& filter, Use use)
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

void add_position(db::SqlBuilder& sql, const Filter& filter)
{
    if (const auto& position = filter.position) {
        switch (filter.sort) {
        case Sort::Newest:
            sql.add(" AND (r.submitted_at, r.id) < (");
            break;
        case Sort::Oldest:
            sql.add(" AND (r.submitted_at, r.id) > (");
            break;
        case Sort::Updated:
            sql.add(" AND (r.updated_at, r.id) < (");
            break;
        }
        sql.bind(position->sort_value).add(", ").bind(position->id.value).add(")");
    }
}

void add_order(db::SqlBuilder& sql, const Filter& filter)
{
    switch (filter.sort) {
    case Sort::Newest:
        sql.add(" ORDER BY r.submitted_at DESC, r.id DESC");
        break;
    case Sort::Oldest:
        sql.add(" ORDER BY r.submitted_at, r.id");
        break;
    case Sort::Updated:
        sql.add(" ORDER BY r.updated_at DESC, r.id DESC");
        break;
    }
}

void add_position_and_order(db::SqlBuilder& sql, const Filter& filter)
{
    add_position(sql, filter);
    add_order(sql, filter);
    sql.add(" LIMIT ").bind(filter.page_size + 1);
}

/// A person has few: their own index leads to all of them, and these are sorted.
bool has_owner(const Filter& filter)
{
    return filter.user || filter.account;
}

Use row_by_row_on(db::Engine engine)
{
    return engine == db::Engine::Sqlite ? Use::RowByRow : Use::Index;
}

void add_browse_filters_for_sqlite(db::SqlBuilder& sql, const Filter& filter)
{
    const bool has_index_for_types = !filter.status && filter.types.size() == 1 && !has_owner(filter);
    add_owner(sql, filter);
    add_status(sql, filter, has_owner(filter) ? Use::RowByRow : Use::Index);
    add_types(sql, filter, has_index_for_types ? Use::Index : Use::RowByRow);
    add_dates(sql, filter, has_owner(filter) ? Use::RowByRow : Use::Index);
}

} // namespace

void add_owner(db::SqlBuilder& sql, const Filter& filter)
{
    if (filter.user) {
        sql.add(" AND r.user_id = ").bind(filter.user.value);
    }
    if (filter.account) {
        sql.add(" AND r.account_id = ").bind(filter.account.value);
    }
    if (filter.ringing != Ringing::Any) {
        sql.add(" AND r.is_emergency = 1 AND r.status = 'Pending' AND r.taken_at IS NULL");
    }
    if (filter.ringing == Ringing::CannotLeave) {
        sql.add(" AND EXISTS (SELECT 1 FROM service_leak_report k"
                " WHERE k.service_request_id = r.id AND k.unable_to_leave = 'yes')");
    }
}

void add_only(db::SqlBuilder& sql, const Filter& filter, db::Sql id)
{
    if (filter.only.empty()) {
        return;
    }
    sql.add(" AND ").add(id).add(" IN (").bind(filter.only.front().value);
    for (std::size_t i = 1; i < filter.only.size(); ++i) {
        sql.add(", ").bind(filter.only[i].value);
    }
    sql.add(")");
}

void add_row_filters(db::SqlBuilder& sql, const Filter& filter, db::Engine engine)
{
    add_owner(sql, filter);
    add_status(sql, filter, row_by_row_on(engine));
    add_types(sql, filter, row_by_row_on(engine));
    add_dates(sql, filter, row_by_row_on(engine));
}

void add_browse_sql(db::SqlBuilder& sql, const Filter& filter, db::Engine engine)
{
    sql.add(service_requests::row_columns)
        .add(" FROM service_servicerequest r")
        .add(service_requests::row_joins)
        .add(" WHERE ");
    add_browse_conditions(sql, filter, engine);
}

void add_browse_conditions(db::SqlBuilder& sql, const Filter& filter, db::Engine engine)
{
    sql.add("1 = 1");
    add_only(sql, filter, "r.id");
    if (engine == db::Engine::Sqlite && filter.sort != Sort::Updated) {
        add_browse_filters_for_sqlite(sql, filter);
    } else {
        add_row_filters(sql, filter, engine);
    }
    add_position_and_order(sql, filter);
}

service_requests::IdBounds match_bounds(const Filter& filter)
{
    service_requests::IdBounds bounds = filter.bounds;
    if (!filter.position || filter.sort == Sort::Updated) {
        return bounds;
    }
    const ServiceRequestId id = filter.position->id;
    if (filter.sort == Sort::Oldest) {
        bounds.after = std::max(bounds.after, id);
    } else if (!bounds.before || id < bounds.before) {
        bounds.before = id;
    }
    return bounds;
}

void add_match_position(db::SqlBuilder& sql, const Filter& filter, db::Sql id)
{
    add_only(sql, filter, id);
    const service_requests::IdBounds bounds = match_bounds(filter);
    if (bounds.after) {
        sql.add(" AND ").add(id).add(" > ").bind(bounds.after.value);
    }
    if (bounds.before) {
        sql.add(" AND ").add(id).add(" < ").bind(bounds.before.value);
    }
    if (filter.sort == Sort::Updated) {
        add_position_and_order(sql, filter);
        return;
    }
    add_match_order(sql, filter, id);
    sql.add(" LIMIT ").bind(filter.page_size + 1);
}

void add_match_order(db::SqlBuilder& sql, const Filter& filter, db::Sql id)
{
    if (filter.sort == Sort::Updated) {
        add_order(sql, filter);
        return;
    }
    sql.add(" ORDER BY ").add(id).add(filter.sort == Sort::Newest ? db::Sql(" DESC") : db::Sql(""));
}

} // namespace search
