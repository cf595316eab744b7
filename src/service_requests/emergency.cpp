#include "service_requests/emergency.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "service_requests/counter.hpp"
#include "service_requests/participant.hpp"
#include "service_requests/service_request.hpp"

namespace service_requests {

namespace {

ServiceRequestId id_from_row(const db::Row& row)
{
    return row.id<ServiceRequestId>(0);
}

Taking reason_not_taken(db::Connection& db, UserId by, ServiceRequestId id)
{
    const auto reason = db.query(R"(
        SELECT r.is_emergency, r.status, r.taken_by
          FROM service_servicerequest r, auth_user u
         WHERE r.id = $1 AND u.id = $2 AND u.is_active = 1 AND u.role <> 'customer')",
                              id, by.value)
                            .first([&](const db::Row& row) {
                                if (!row.boolean(0) || row.text(1) != status_name(Status::Pending))
                                    return Taking::Over;
                                return row.id<UserId>(2) == by ? Taking::AlreadyYours : Taking::AlreadyTaken;
                            });
    if (!reason)
        throw base::NotFound("no service request that this visitor may take");
    return *reason;
}

/// Fold these into the first one of them, which stands for itself.
void set_fold(db::Transaction& tx, std::span<const ServiceRequestId> ids)
{
    for (const ServiceRequestId id : ids)
        tx.apply("UPDATE service_servicerequest SET folded_into = $2 WHERE id = $1", id,
            id == ids.front() ? ServiceRequestId() : ids.front());
}

/// The first one and those folded into it, with the visitor as a participant of each.
std::vector<ServiceRequestId> with_participant(
    db::Transaction& tx, std::vector<ServiceRequestId> ids, ServiceRequestId first, UserId by)
{
    ids.insert(ids.begin(), first);
    for (const ServiceRequestId id : ids)
        add_participant(tx, id, by);
    return ids;
}

} // namespace

std::vector<ServiceRequestId> hold_fold(db::Transaction& tx, ServiceRequestId id)
{
    // Changes nothing, but locks the row on PostgreSQL.
    tx.apply("UPDATE service_servicerequest SET folded_into = folded_into WHERE id = $1", id);
    return db::map_rows(tx.query(R"(
        SELECT m.id FROM service_servicerequest m LEFT JOIN service_leak_report l ON l.service_request_id = m.id
         WHERE m.folded_into = $1 AND m.status = 'Pending' AND m.taken_at IS NULL
         ORDER BY CASE l.unable_to_leave WHEN 'yes' THEN 0 WHEN 'unknown' THEN 1 ELSE 2 END, m.id)",
                            id.value),
        id_from_row);
}

TakingResult set_taken(
    db::Transaction& tx, const base::Act& act, ServiceRequestId id, std::span<const ServiceRequestId> unseen)
{
    const UserId by = act.visitor.user_id;
    const auto changed = tx.execute(R"(
        UPDATE service_servicerequest SET taken_by = $2, taken_at = $3, folded_into = NULL
         WHERE id = $1 AND is_emergency = 1 AND status = 'Pending' AND taken_at IS NULL
           AND EXISTS (SELECT 1 FROM auth_user u WHERE u.id = $2 AND u.is_active = 1 AND u.role <> 'customer'))",
        id, by.value, act.at);
    if (changed == 0)
        return {.taking = reason_not_taken(tx, by, id)};
    set_fold(tx, unseen);
    auto folded = db::map_rows(tx.query(R"(
        UPDATE service_servicerequest SET taken_by = $2, taken_at = $3
         WHERE folded_into = $1 AND status = 'Pending' AND taken_at IS NULL
        RETURNING id)",
                                   id.value, by.value, act.at),
        id_from_row);
    return {.taking = Taking::Done,
        .taken = with_participant(tx, std::move(folded), id, by),
        .left = {unseen.begin(), unseen.end()}};
}

std::vector<ServiceRequestId> set_given_back(db::Transaction& tx, const base::Act& act, ServiceRequestId id)
{
    const UserId by = act.visitor.user_id;
    const auto changed = tx.execute(R"(
        UPDATE service_servicerequest SET taken_by = NULL, taken_at = NULL, folded_into = NULL
         WHERE id = $1 AND is_emergency = 1 AND status = 'Pending' AND taken_by = $2)",
        id, by.value);
    if (changed == 0)
        return {};
    auto folded = db::map_rows(tx.query(R"(
        UPDATE service_servicerequest SET taken_by = NULL, taken_at = NULL
         WHERE folded_into = $1 AND status = 'Pending' AND taken_by = $2
        RETURNING id)",
                                   id.value, by.value),
        id_from_row);
    folded.insert(folded.begin(), id);
    return folded;
}

std::vector<ServiceRequestId> set_all_given_back(db::Transaction& tx, UserId by)
{
    return db::map_rows(tx.query(R"(
        UPDATE service_servicerequest SET taken_by = NULL, taken_at = NULL
         WHERE is_emergency = 1 AND status = 'Pending' AND taken_by = $1
        RETURNING id)",
                            by.value),
        id_from_row);
}

TakingResult set_taken_over(db::Transaction& tx, const base::Act& act, const TakeOver& input)
{
    const ServiceRequestId id = input.id;
    const UserId from = input.from;
    const UserId by = act.visitor.user_id;
    const auto changed = tx.execute(R"(
        UPDATE service_servicerequest SET taken_by = $2, taken_at = $3, folded_into = NULL
         WHERE id = $1 AND is_emergency = 1 AND status = 'Pending' AND taken_by = $4 AND taken_by <> $2
           AND EXISTS (SELECT 1 FROM auth_user u WHERE u.id = $2 AND u.is_active = 1 AND u.role <> 'customer'))",
        id, by.value, act.at, from.value);
    if (changed == 0)
        return set_taken(tx, act, id, input.unseen);
    auto folded = db::map_rows(tx.query(R"(
        UPDATE service_servicerequest SET taken_by = $2, taken_at = $3
         WHERE folded_into = $1 AND status = 'Pending' AND taken_by = $4
        RETURNING id)",
                                   id.value, by.value, act.at, from.value),
        id_from_row);
    return {.taking = Taking::TakenOver, .taken = with_participant(tx, std::move(folded), id, by)};
}

bool set_folded(db::Transaction& tx, ServiceRequestId id, ServiceRequestId into)
{
    const auto locked = tx.execute(R"(
        UPDATE service_servicerequest SET folded_into = NULL
         WHERE id = $1 AND status = 'Pending' AND taken_at IS NULL AND folded_into IS NULL)",
        into.value);
    if (locked == 0)
        return false;
    tx.apply("UPDATE service_servicerequest SET folded_into = $2 WHERE id = $1", id, into);
    return true;
}

void end_fold(db::Transaction& tx, ServiceRequestId id)
{
    tx.apply("UPDATE service_servicerequest SET folded_into = NULL WHERE id = $1 AND folded_into IS NOT NULL", id);
    const auto next = tx.query(R"(
        SELECT m.id FROM service_servicerequest m LEFT JOIN service_leak_report l ON l.service_request_id = m.id
         WHERE m.folded_into = $1 AND m.status = 'Pending'
         ORDER BY CASE l.unable_to_leave WHEN 'yes' THEN 0 WHEN 'unknown' THEN 1 ELSE 2 END, m.id LIMIT 1)",
                            id.value)
                          .first(id_from_row);
    if (!next)
        return;
    tx.apply("UPDATE service_servicerequest SET folded_into = NULL WHERE id = $1", *next);
    tx.apply("UPDATE service_servicerequest SET folded_into = $2 WHERE folded_into = $1", id, *next);
}

std::vector<InHand> list_in_hand(db::Connection& db, UserId user)
{
    return db::map_rows(db.query(R"(
        SELECT id, address FROM service_servicerequest
         WHERE is_emergency = 1 AND status = 'Pending' AND taken_by = $1 ORDER BY submitted_at, id)",
                            user.value),
        [](const db::Row& row) { return InHand{.id = row.id<ServiceRequestId>(0), .address = row.string(1)}; });
}

std::vector<Held> list_held_by_others(
    db::Connection& db, UserId viewer, const Fold& fold, std::span<const ServiceRequestId> shown)
{
    db::SqlBuilder sql("SELECT r.id, r.taken_by, r.taken_at, u.first_name, u.last_name, u.username"
                       " FROM service_servicerequest r JOIN auth_user u ON u.id = r.taken_by"
                       " WHERE r.is_emergency = 1 AND r.status = 'Pending' AND r.taken_by <> ");
    sql.bind(viewer.value).add(" AND (r.folded_into = ").bind(fold.first.value);
    sql.add(" AND r.id <= ").bind(fold.newest.value).add(" OR r.id IN (").bind(fold.first.value);
    for (const ServiceRequestId id : shown)
        sql.add(", ").bind(id.value);
    sql.add(")) ORDER BY r.taken_at, r.id");
    return db::map_rows(db.query(sql), [](const db::Row& row) {
        return Held{.id = row.id<ServiceRequestId>(0),
            .by = row.id<UserId>(1),
            .by_name = base::full_name(row.text(3), row.text(4), row.text(5)),
            .since = row.time(2)};
    });
}

std::vector<ServiceRequestId> set_fold_resolved(db::Transaction& tx, const base::Act& act, const Fold& fold)
{
    const auto resolved =
        db::map_rows(tx.query(R"(
        UPDATE service_servicerequest
           SET status = 'Resolved', resolved_at = $3, updated_at = $3, version = version + 1, folded_into = NULL
         WHERE id IN (SELECT m.id FROM service_servicerequest m
                       WHERE (m.id = $1 OR (m.folded_into = $1 AND m.id <= $2 AND m.customer_replied_at IS NULL))
                         AND m.is_emergency = 1 AND m.status = 'Pending' AND COALESCE(m.taken_by, $5) = $5
                       ORDER BY m.id LIMIT $4)
           AND status = 'Pending' AND COALESCE(taken_by, $5) = $5
        RETURNING id, request_type_id, submitted_at)",
                         fold.first.value, fold.newest.value, act.at, most_resolved_at_once, act.visitor.user_id.value),
            [](const db::Row& row) {
                return Counted{row.id<ServiceRequestId>(0), row.id<RequestTypeId>(1), row.time(2)};
            });
    end_fold(tx, fold.first);
    std::vector<ServiceRequestId> ids;
    for (const Counted& counted : resolved) {
        add_participant(tx, counted.id, act.visitor.user_id);
        count_open(tx, counted, -1);
        ids.push_back(counted.id);
    }
    return ids;
}

} // namespace service_requests
