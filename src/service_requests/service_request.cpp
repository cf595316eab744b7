#include "service_requests/service_request.hpp"

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "events/event.hpp"
#include "notifications/notification.hpp"
#include "service_requests/counter.hpp"
#include "service_requests/participant.hpp"
#include "service_requests/row.hpp"
#include "service_requests/search_words.hpp"

#include <fmt/format.h>

namespace service_requests {

namespace {

constexpr std::size_t longest_title = 80;

std::size_t end_of_first_sentence(std::string_view text)
{
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\n') {
            return at;
        }
        const bool is_end_mark = text[at] == '.' || text[at] == '!' || text[at] == '?';
        if (is_end_mark && (at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '\n')) {
            return at + 1;
        }
    }
    return text.size();
}

void add_status_event(db::Transaction& tx, const base::Visitor& by, ServiceRequestId id, Status status, base::Time now)
{
    const Status before = status == Status::Resolved ? Status::Pending : Status::Resolved;
    events::add_event(tx,
        {.subject = events::Subject::ServiceRequest,
            .subject_id = id.value,
            .actor_id = by.user_id,
            .kind = status == Status::Resolved ? "resolved" : "reopened",
            .visibility = base::Visibility::Public,
            .before_value = status_name(before),
            .after_value = status_name(status)},
        now);
}

} // namespace

std::string_view status_name(Status status)
{
    return status == Status::Pending ? "Pending" : "Resolved";
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

std::string reference(ServiceRequestId id)
{
    return fmt::format("SR-{:05}", id.value);
}

std::optional<ServiceRequestId> parse_reference(std::string_view text)
{
    const std::string lower = base::ascii_lower(base::trim(text));
    std::string_view digits = lower;
    if (digits.starts_with("sr-")) {
        digits.remove_prefix(3);
    } else if (digits.starts_with("#")) {
        digits.remove_prefix(1);
    }
    const auto number = base::parse_integer(digits);
    if (!number || *number == 0) {
        return std::nullopt;
    }
    return ServiceRequestId{*number};
}

std::string ServiceRequest::title() const
{
    const std::string_view text = base::trim(description);
    const std::string_view sentence = base::trim(text.substr(0, end_of_first_sentence(text)));
    if (sentence.empty()) {
        return type_name;
    }
    if (base::count_code_points(sentence) <= longest_title) {
        return std::string(sentence);
    }
    return std::string(base::trim(base::first_code_points(sentence, longest_title - 1))) + "…";
}

namespace {

Added insert(db::Transaction& tx, const NewServiceRequest& request, base::Time now)
{
    const auto follow_hash = request.follow_hash.empty() ? std::nullopt : std::optional(request.follow_hash);
    // Read to the end: a constraint that is checked last is not lost.
    const auto added = db::map_rows(tx.query(R"(
        INSERT INTO service_servicerequest
            (user_id, account_id, request_type_id, description, submitted_at, updated_at, is_emergency, channel,
             address, address_key, contact_name, contact_phone, follow_hash)
        VALUES ($1, $2, $3, $4, $5, $5, (SELECT t.is_emergency FROM service_request_type t WHERE t.id = $3), $6,
                $7, $8, $9, $10, $11)
        RETURNING id,
            (SELECT u.username || ' ' || u.first_name || ' ' || u.last_name || ' ' || u.email
               FROM auth_user u WHERE u.id = service_servicerequest.user_id),
            (SELECT a.account_number FROM service_account a WHERE a.id = service_servicerequest.account_id),
            (SELECT a.address FROM service_account a WHERE a.id = service_servicerequest.account_id),
            (SELECT t.name FROM service_request_type t WHERE t.id = service_servicerequest.request_type_id),
            is_emergency)",
                                        request.user_id, request.account_id, request.type_id, request.description, now,
                                        request.channel, request.address, base::fold(base::trim(request.address)),
                                        request.contact_name, request.contact_phone, follow_hash),
        [](const db::Row& row) {
            return Added{row.id<ServiceRequestId>(0), row.string(1), row.string(2), row.string(3), row.string(4),
                row.boolean(5)};
        });
    return added.front();
}

} // namespace

ServiceRequestId add_service_request(db::Transaction& tx, const NewServiceRequest& request, base::Time now)
{
    const Added added = insert(tx, request, now);
    const ServiceRequestId id = added.id;
    events::add_event(tx,
        {.subject = events::Subject::ServiceRequest,
            .subject_id = id.value,
            .actor_id = request.user_id,
            .kind = "submitted",
            .visibility = base::Visibility::Public,
            .after_value = status_name(Status::Pending)},
        now);
    count_open(tx, id, 1);
    add_search_words(tx, added, request);
    if (added.is_emergency)
        notifications::notify_of_emergency(tx, id, request.written_by ? request.written_by : request.user_id, now);
    return id;
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
    sql.add(" AND r.user_id = ").bind(visitor.user_id);
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

ServiceRequest get_followed_service_request(db::Connection& db, std::string_view follow_token)
{
    const std::string hash = base::hex(base::sha256(follow_token));
    db::SqlBuilder sql(row_columns);
    sql.add(" FROM service_servicerequest r").add(row_joins).add(" WHERE r.follow_hash = ").bind(hash);
    auto found = db.query(sql).first(service_request_for_customer);
    if (!found) {
        throw base::NotFound("no service request behind this private link");
    }
    return *std::move(found);
}

StatusChange update_status(db::Transaction& tx, const base::Visitor& by, ServiceRequestId id, Status status,
    std::int64_t expected_version, base::Time now)
{
    const db::Value resolved_at = status == Status::Resolved ? db::Value(now) : db::Value();
    const auto changed = tx.execute(R"(
        UPDATE service_servicerequest
           SET status = $1, resolved_at = $2, updated_at = $3, version = version + 1
         WHERE id = $4 AND version = $5 AND status <> $1)",
        status_name(status), resolved_at, now, id.value, expected_version);
    if (changed == 0) {
        const auto present =
            tx.query("SELECT status FROM service_servicerequest WHERE id = $1", id.value).first([](const db::Row& row) {
                return row.string(0);
            });
        if (!present) {
            throw base::NotFound("no such service request");
        }
        return *present == status_name(status) ? StatusChange::AlreadySo : StatusChange::Stale;
    }
    add_status_event(tx, by, id, status, now);
    if (by.is_staff())
        add_participant(tx, id, by.user_id);
    count_open(tx, id, status == Status::Pending ? 1 : -1);
    update_search_words(tx, id);
    notifications::notify_of_status(tx, id, by, status_name(status), now);
    return StatusChange::Done;
}

std::vector<ServiceRequest> list_at_same_address(db::Connection& db, const ServiceRequest& request, std::size_t limit)
{
    const std::string key = base::fold(base::trim(request.address));
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
