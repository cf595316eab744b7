#include "queue/export.hpp"

#include "base/phone/phone.hpp"
#include "queue/queue_sql.hpp"
#include "search/search.hpp"

#include <utility>

namespace queue {

namespace {

constexpr std::size_t rows_at_once = 500;

constexpr db::Sql columns = R"(
    SELECT r.id, u.username, trim(coalesce(u.first_name, '') || ' ' || coalesce(u.last_name, '')), u.email,
           a.account_number, r.address, t.name, r.status, r.description, r.submitted_at, r.resolved_at, r.updated_at,
           r.public_comments, r.attachments, r.contact_name,
           COALESCE(NULLIF(r.contact_phone, ''), a.phone_number, ''), r.channel, r.internal_comments, r.first_answer_at,
           )";

constexpr db::Sql tables = R"(
      FROM service_servicerequest r
      JOIN service_request_type t ON t.id = r.request_type_id
      LEFT JOIN auth_user u ON u.id = r.user_id
      LEFT JOIN service_account a ON a.id = r.account_id
     WHERE )";

} // namespace

db::Rows export_rows(db::Connection& db, const search::Filter& filter)
{
    db::SqlBuilder sql(columns);
    add_end_of_emergency(sql);
    sql.add(tables);
    if (!search::is_searching(filter)) {
        search::add_browse_conditions(sql, filter, db.engine());
        return db.query(sql);
    }
    sql.add("r.id IN (0");
    for (const service_requests::ServiceRequest& match : list_queue(db, filter))
        sql.add(", ").bind(match.id.value);
    sql.add(")");
    search::add_match_order(sql, filter, "r.id");
    return db.query(sql);
}

ExportWalk::ExportWalk(search::Filter filter, base::Time begun) : filter_(std::move(filter)), begun_(begun)
{
    filter_.page_size = rows_at_once - 1;
}

bool ExportWalk::next(db::Connection& db, const std::function<void(const ExportRow&)>& take)
{
    std::size_t rows = 0;
    for (const db::Row row : export_rows(db, filter_)) {
        const ExportRow exported = export_row(row);
        if (is_second_time_ && exported.updated_at < begun_)
            return false;
        if (!is_taken(exported))
            take(exported);
        const base::Time value = filter_.sort == search::Sort::Updated ? exported.updated_at : exported.submitted_at;
        filter_.position = {.sort_value = base::to_millis(value), .id = exported.id};
        ++rows;
    }
    if (rows == rows_at_once)
        return true;
    if (filter_.sort != search::Sort::Updated || is_second_time_)
        return false;
    is_second_time_ = true;
    filter_.position.reset();
    return true;
}

bool ExportWalk::is_taken(const ExportRow& row)
{
    if (filter_.sort != search::Sort::Updated)
        return false;
    const auto id = static_cast<std::size_t>(row.id.value);
    if (id >= taken_.size())
        taken_.resize(id + id / 2 + 1);
    const bool was_taken = taken_[id];
    taken_[id] = true;
    return was_taken;
}

ExportRow export_row(const db::Row& row)
{
    return {.id = row.id<ServiceRequestId>(0),
        .username = row.text(1),
        .full_name = row.text(2),
        .email = row.text(3),
        .account_number = row.text(4),
        .address = row.text(5),
        .request_type = row.text(6),
        .status = row.text(7),
        .description = row.text(8),
        .submitted_at = row.time(9),
        .resolved_at = row.optional_time(10),
        .updated_at = row.time(11),
        .public_comments = row.integer(12),
        .attachments = row.integer(13),
        .contact_name = row.text(14),
        .contact_phone = base::normal_phone(row.text(15)),
        .channel = row.text(16),
        .internal_comments = row.integer(17),
        .first_answer_at = row.optional_time(18),
        .emergency_end = row.text(19)};
}

} // namespace queue
