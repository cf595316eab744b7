#include "service_requests/queue.hpp"

#include "base/text.hpp"
#include "service_requests/counter.hpp"
#include "service_requests/queue_sql.hpp"
#include "service_requests/row.hpp"
#include "service_requests/search.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace service_requests {

namespace {

bool is_searching(const QueueFilter& filter)
{
    return !base::trim(filter.search).empty();
}

bool comes_before(const ServiceRequest& a, const ServiceRequest& b, QueueSort sort)
{
    switch (sort) {
    case QueueSort::Newest:
        return a.id > b.id;
    case QueueSort::Oldest:
        return a.id < b.id;
    case QueueSort::Updated:
        break;
    }
    return std::pair(a.updated_at, a.id) > std::pair(b.updated_at, b.id);
}

std::vector<ServiceRequest> list_matches(db::Connection& db, const QueueFilter& filter)
{
    Search search(db, filter.search);
    if (filter.status) {
        search.only(*filter.status);
    }
    std::vector<ServiceRequest> page;
    for (const SearchPlace place : search_places) {
        if (search.reaches(place)) {
            db::SqlBuilder sql;
            add_search_sql(sql, filter, search, place);
            auto found = db::map_rows(db.query(sql), service_request_from_row);
            std::move(found.begin(), found.end(), std::back_inserter(page));
        }
    }
    std::sort(page.begin(), page.end(), [&](const auto& a, const auto& b) { return comes_before(a, b, filter.sort); });
    // "SR-00042" is found as a reference and by its words.
    const auto same = [](const auto& a, const auto& b) { return a.id == b.id; };
    page.erase(std::unique(page.begin(), page.end(), same), page.end());
    if (page.size() > filter.page_size + 1) {
        page.resize(filter.page_size + 1);
    }
    return page;
}

} // namespace

std::vector<ServiceRequest> list_queue(db::Connection& db, const QueueFilter& filter)
{
    if (is_searching(filter)) {
        return list_matches(db, filter);
    }
    db::SqlBuilder sql;
    add_browse_sql(sql, filter);
    return db::map_rows(db.query(sql), service_request_from_row);
}

std::vector<ServiceRequest> list_open_emergencies(db::Connection& db)
{
    db::SqlBuilder sql(row_columns);
    sql.add(" FROM service_servicerequest r").add(row_joins);
    sql.add(" WHERE r.is_emergency = 1 AND r.status = 'Pending' ORDER BY r.submitted_at, r.id LIMIT 100");
    return db::map_rows(db.query(sql), service_request_from_row);
}

bool matches(db::Connection& db, const QueueFilter& filter, ServiceRequestId id)
{
    // One step before the row in the order of ids: the page of one that begins there holds the row or does not fit.
    QueueFilter only = filter;
    only.sort = QueueSort::Oldest;
    only.page_size = 0;
    if (is_searching(filter)) {
        only.position = {.id = ServiceRequestId{id.value - 1}};
        const auto page = list_matches(db, only);
        return !page.empty() && page.front().id == id;
    }
    const auto submitted = db.query("SELECT submitted_at FROM service_servicerequest WHERE id = $1", id.value)
                               .first([](const db::Row& row) { return row.integer(0); });
    if (!submitted) {
        return false;
    }
    only.position = {.sort_value = *submitted, .id = ServiceRequestId{id.value - 1}};
    const auto page = list_queue(db, only);
    return !page.empty() && page.front().id == id;
}

QueueCounts count_queue(db::Connection& db, base::Time today)
{
    return {.open = stored_open_count(db),
        .open_emergencies =
            db.query("SELECT COUNT(*) FROM service_servicerequest WHERE is_emergency = 1 AND status = 'Pending'")
                .integer(),
        .resolved_today =
            db.query("SELECT COUNT(*) FROM service_servicerequest WHERE resolved_at >= $1", today).integer()};
}

} // namespace service_requests
