#include "service_requests/service_request.hpp"

#include "base/address/street.hpp"
#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "service_requests/counter.hpp"
#include "service_requests/emergency.hpp"
#include "service_requests/participant.hpp"
#include "service_requests/row.hpp"
#include "service_requests/title.hpp"

#include <limits>

namespace service_requests {

std::string_view status_name(Status status)
{
    return status == Status::Pending ? "Pending" : "Resolved";
}

base::Text to_text(Status status)
{
    return status == Status::Pending ? base::Text("Pending") : base::Text("Resolved");
}

std::optional<Status> parse_status(std::string_view name)
{
    for (const Status status : {Status::Pending, Status::Resolved}) {
        if (name == status_name(status)) {
            return status;
        }
    }
    return std::nullopt;
}

std::string_view channel_name(Channel channel)
{
    switch (channel) {
    case Channel::Web:
        return "web";
    case Channel::Emergency:
        return "emergency";
    case Channel::Phone:
        return "phone";
    }
    return "web";
}

std::optional<Channel> parse_channel(std::string_view name)
{
    for (const Channel channel : {Channel::Web, Channel::Emergency, Channel::Phone}) {
        if (name == channel_name(channel))
            return channel;
    }
    return std::nullopt;
}

std::string ServiceRequest::title() const
{
    return title_of(description, type_name);
}

namespace {

/// What the words and counters of a new row are made from.
Added read_added(db::Transaction& tx, ServiceRequestId id, base::Time now)
{
    const auto found = tx.query(R"(
        SELECT u.username || ' ' || u.first_name || ' ' || u.last_name || ' ' || u.email, u.phone,
               a.phone_number, a.account_number, a.address, t.name, r.is_emergency,
               (SELECT MAX(latest.submitted_at) FROM service_servicerequest latest)
          FROM service_servicerequest r
          JOIN service_request_type t ON t.id = r.request_type_id
          LEFT JOIN auth_user u ON u.id = r.user_id
          LEFT JOIN service_account a ON a.id = r.account_id
         WHERE r.id = $1)",
                             id)
                           .first([&](const db::Row& row) {
                               return std::pair(Added{.id = id,
                                                    .person = row.string(0),
                                                    .person_phone = row.string(1),
                                                    .account_phone = row.string(2),
                                                    .account_number = row.string(3),
                                                    .account_address = row.string(4),
                                                    .type_name = row.string(5),
                                                    .is_emergency = row.boolean(6)},
                                   row.time(7));
                           });
    const auto& [added, latest] = found.value();
    note_step_back(tx, latest - now);
    return added;
}

Added insert(db::Transaction& tx, const NewServiceRequest& request, base::Time now)
{
    const auto follow_hash = request.follow_hash.empty() ? std::nullopt : std::optional(request.follow_hash);
    const auto id = tx.insert<ServiceRequestId>(R"(
        INSERT INTO service_servicerequest
            (user_id, account_id, request_type_id, description, submitted_at, updated_at, is_emergency, channel,
             address, address_key, contact_name, contact_phone, follow_hash)
        VALUES ($1, (SELECT l.account_id FROM service_account_user l WHERE l.account_id = $2 AND l.user_id = $1), $3, $4,
                $5, $5, (SELECT t.is_emergency FROM service_request_type t WHERE t.id = $3), $6,
                $7, $8, $9, $10, $11))",
        request.user_id, request.account_id, request.type_id, request.description, now, channel_name(request.channel),
        request.address, address_key(request.address), request.contact_name, request.contact_phone, follow_hash);
    return read_added(tx, id, now);
}

} // namespace

std::string address_key(std::string_view address)
{
    // fold() makes one of "Mühlweg" and "Muhlweg"; where a keyboard lacks the letter, people also write "Muehlweg".
    const std::string folded = base::shortened_address(base::fold(base::trim(address)));
    std::string key;
    for (std::size_t i = 0; i < folded.size(); ++i) {
        const std::string_view two = std::string_view(folded).substr(i, 2);
        key.push_back(folded[i]);
        if (two == "ae" || two == "oe" || two == "ue" || two == "aa")
            ++i;
    }
    return key;
}

Added add_service_request(db::Transaction& tx, const NewServiceRequest& request, base::Time at)
{
    Added added = insert(tx, request, at);
    count_open(tx, {.id = added.id, .type = request.type_id, .submitted_at = at}, 1);
    return added;
}

ServiceRequest get_service_request(db::Connection& db, const base::Visitor& visitor, ServiceRequestId id)
{
    if (visitor.is_guest()) {
        throw base::NotFound("a guest has no service requests");
    }
    if (visitor.is_staff()) {
        return get_service_request_for_staff(db, id);
    }
    db::SqlBuilder sql(row_columns);
    sql.add(" FROM service_servicerequest r").add(row_joins).add(" WHERE r.id = ").bind(id.value);
    sql.add(" AND (r.user_id = ").bind(visitor.user_id);
    sql.add(" OR EXISTS (SELECT 1 FROM service_household_request h WHERE h.service_request_id = r.id AND h.user_id = ");
    sql.bind(visitor.user_id).add("))");
    auto found = db.query(sql).first(service_request_for_customer);
    if (!found) {
        throw base::NotFound("no such service request of this visitor");
    }
    return *std::move(found);
}

ServiceRequest get_service_request_for_staff(db::Connection& db, ServiceRequestId id)
{
    db::SqlBuilder sql(row_columns);
    sql.add(" FROM service_servicerequest r").add(row_joins).add(" WHERE r.id = ").bind(id.value);
    auto found = db.query(sql).first(service_request_from_row);
    if (!found) {
        throw base::NotFound("no such service request");
    }
    return *std::move(found);
}

namespace {

/// The customer's comments that are newer have not been seen.
std::int64_t newest_seen(const std::optional<CommentId>& seen)
{
    return seen ? seen->value : std::numeric_limits<std::int64_t>::max();
}

/// A customer's comment updates the row: whoever writes one now is waited for, and the next statement sees it. On
/// SQLite nobody else writes now.
void wait_for_customer(db::Transaction& tx, ServiceRequestId id)
{
    if (tx.engine() == db::Engine::Postgres)
        tx.query("SELECT id FROM service_servicerequest WHERE id = $1 FOR UPDATE", id).first([](const db::Row& row) {
            return row.integer(0);
        });
}

/// Why nothing was changed. Throws NotFound when there is no such row that the visitor may change.
StatusChange reason_of_no_change(db::Connection& db, const base::Act& act, ServiceRequestId id, const NewStatus& wanted)
{
    const auto reason = db.query(R"(
        SELECT r.status, r.version, r.is_emergency FROM service_servicerequest r, auth_user u
         WHERE r.id = $1 AND u.id = $2 AND u.is_active = 1
           AND (u.role <> 'customer' OR (r.user_id = u.id AND $3 = 'Pending')))",
                              id, act.visitor.user_id.value, status_name(wanted.status))
                            .first([&](const db::Row& row) {
                                if (row.text(0) == status_name(wanted.status))
                                    return StatusChange::AlreadySo;
                                if (row.integer(1) != wanted.expected_version)
                                    return StatusChange::Stale;
                                const bool is_safe = !row.boolean(2) || wanted.if_emergency == IfEmergency::Resolve;
                                return is_safe ? StatusChange::Unseen : StatusChange::NotSafeYet;
                            });
    if (!reason)
        throw base::NotFound("no service request whose status this visitor may change");
    return *reason;
}

} // namespace

StatusUpdate update_status(db::Transaction& tx, const base::Act& act, ServiceRequestId id, const NewStatus& wanted)
{
    const Status status = wanted.status;
    const db::Value resolved_at = status == Status::Resolved ? db::Value(act.at) : db::Value();
    if (wanted.seen)
        wait_for_customer(tx, id);
    const auto changed = db::map_rows(
        tx.query(R"(
        UPDATE service_servicerequest
           SET status = $1, resolved_at = $2, updated_at = $3, version = version + 1,
               taken_by = CASE WHEN $1 = 'Pending' THEN NULL ELSE taken_by END,
               taken_at = CASE WHEN $1 = 'Pending' THEN NULL ELSE taken_at END,
               customer_replied_at = CASE WHEN $7 = 0 OR EXISTS (
                    SELECT 1 FROM service_comment c LEFT JOIN auth_user a ON a.id = c.user_id
                     WHERE c.service_request_id = $4 AND c.id > $9 AND c.visibility = 'public'
                       AND (a.role IS NULL OR a.role = 'customer')) THEN customer_replied_at END
         WHERE id = $4 AND version = $5 AND status <> $1 AND ($1 = 'Pending' OR is_emergency = 0 OR $8 = 1)
           AND ($1 = 'Pending' OR NOT EXISTS (
                    SELECT 1 FROM service_comment c LEFT JOIN auth_user a ON a.id = c.user_id
                     WHERE c.service_request_id = $4 AND c.id > $9 AND c.visibility = 'public'
                       AND (a.role IS NULL OR a.role = 'customer')))
           AND EXISTS (SELECT 1 FROM auth_user u
                        WHERE u.id = $6 AND u.is_active = 1
                          AND (u.role <> 'customer' OR (service_servicerequest.user_id = u.id AND $1 = 'Pending')))
        RETURNING is_emergency, request_type_id, submitted_at, taken_by)",
            status_name(status), resolved_at, act.at, id.value, wanted.expected_version, act.visitor.user_id.value,
            act.visitor.is_staff(), wanted.if_emergency == IfEmergency::Resolve, newest_seen(wanted.seen)),
        [id](const db::Row& row) {
            return std::pair(
                StatusUpdate{
                    .change = StatusChange::Done, .is_emergency = row.boolean(0), .taken_by = row.id<UserId>(3)},
                Counted{.id = id, .type = row.id<RequestTypeId>(1), .submitted_at = row.time(2)});
        });
    if (changed.empty())
        return {.change = reason_of_no_change(tx, act, id, wanted)};
    if (act.visitor.is_staff())
        add_participant(tx, id, act.visitor.user_id);
    const auto& [update, counted] = changed.front();
    count_open(tx, counted, status == Status::Pending ? 1 : -1);
    if (update.is_emergency)
        end_fold(tx, id);
    return update;
}

void note_comment(db::Transaction& tx, const base::Act& act, ServiceRequestId id, const StaffComment& comment)
{
    const bool is_public = comment.visibility == base::Visibility::Public;
    if (comment.seen)
        wait_for_customer(tx, id);
    tx.apply(R"(
        UPDATE service_servicerequest
           SET public_comments = public_comments + $1, internal_comments = internal_comments + $2, updated_at = $3,
               customer_replied_at = CASE WHEN EXISTS (
                    SELECT 1 FROM service_comment c LEFT JOIN auth_user a ON a.id = c.user_id
                     WHERE c.service_request_id = $4 AND c.id > $5 AND c.visibility = 'public'
                       AND (a.role IS NULL OR a.role = 'customer')) THEN customer_replied_at END,
               first_answer_at = CASE WHEN $1 = 1 THEN COALESCE(first_answer_at, $3) ELSE first_answer_at END
         WHERE id = $4)",
        is_public, !is_public, act.at, id, newest_seen(comment.seen));
    add_participant(tx, id, act.visitor.user_id);
}

RepliedTo note_reply(db::Transaction& tx, const base::Act& act, ServiceRequestId id)
{
    // Two statements: SQLite makes a table for RETURNING, and PostgreSQL gets both at once.
    tx.apply(R"(
        UPDATE service_servicerequest
           SET public_comments = public_comments + 1, updated_at = $1, customer_replied_at = $1
         WHERE id = $2)",
        act.at, id);
    const auto noted =
        tx.query("SELECT status, version, user_id FROM service_servicerequest WHERE id = $1", id)
            .first([](const db::Row& row) {
                return RepliedTo{
                    .status = row.text(0) == status_name(Status::Pending) ? Status::Pending : Status::Resolved,
                    .version = row.integer(1),
                    .customer = row.id<UserId>(2)};
            });
    if (!noted)
        throw base::NotFound("no service request to reply to");
    return *noted;
}

bool note_reply_read(db::Transaction& tx, const base::Act& act, ServiceRequestId id, base::Time until)
{
    return tx.execute(R"(
        UPDATE service_servicerequest SET customer_replied_at = NULL
         WHERE id = $1 AND customer_replied_at <= $3
           AND EXISTS (SELECT 1 FROM auth_user u WHERE u.id = $2 AND u.is_active = 1 AND u.role <> 'customer'))",
               id, act.visitor.user_id.value, until) > 0;
}

void note_old_replies_read(db::Transaction& tx, base::Time last)
{
    tx.apply("UPDATE service_servicerequest SET customer_replied_at = NULL WHERE customer_replied_at <= $1", last);
}

std::vector<ServiceRequest> list_at_same_address(db::Connection& db, const ServiceRequest& request, std::size_t limit)
{
    const std::string& key = request.address_key;
    if (key.empty()) {
        return {};
    }
    db::SqlBuilder sql(row_columns);
    sql.add(" FROM service_servicerequest r").add(row_joins);
    sql.add(" WHERE r.address_key <> '' AND r.address_key = ").bind(key);
    sql.add(" AND r.id <> ").bind(request.id.value);
    sql.add(" ORDER BY r.id DESC LIMIT ").bind(limit);
    return db::map_rows(db.query(sql), service_request_from_row);
}

} // namespace service_requests
