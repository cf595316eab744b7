#include "queue/emergencies.hpp"

#include "base/phone/phone.hpp"
#include "events/kind.hpp"
#include "queue/queue_sql.hpp"
#include "service_requests/row.hpp"

#include <algorithm>
#include <stdexcept>

namespace queue {

namespace {

/// The first of them that can be dialled; a leak report takes any words for a phone number.
std::string number_to_call(std::string_view of_report, std::string_view of_account)
{
    for (const std::string_view phone : {of_report, of_account}) {
        if (!base::phone_link(phone).empty())
            return base::normal_phone(phone);
    }
    return {};
}

/// The reporter's own answer, unless one folded into it has a worse one: 2 for "yes", 1 for "not sure".
std::string worst_answer(std::string_view own, std::int64_t folded)
{
    if (own == "yes" || folded == 2)
        return "yes";
    return std::string(folded == 1 ? "unknown" : own);
}

EmergencyFacts facts_from_row(const db::Row& row)
{
    EmergencyFacts facts;
    if (!row.text(1).empty())
        facts.answers = leaks::LeakReport{.place = row.string(1),
            .strength = row.string(2),
            .unable_to_leave = row.string(3),
            .language = row.string(21)};
    facts.taken_by = row.id<UserId>(4);
    facts.taken_at = row.optional_time(5);
    if (facts.taken_by)
        facts.taken_by_name = base::full_name(row.text(6), row.text(7), row.text(8));
    facts.phone = number_to_call(row.text(9), row.text(19));
    facts.folded_into = row.id<ServiceRequestId>(10);
    facts.folded = row.integer(11);
    facts.other_places = row.integer(12);
    facts.newest_place = row.string(13);
    facts.unable_to_leave = worst_answer(row.text(3), row.integer(14));
    facts.rings_again = std::max(row.id<EventId>(15), row.id<EventId>(16));
    facts.is_reopened = row.boolean(17);
    if (row.boolean(18))
        facts.new_message = row.string(20);
    if (const auto also = row.id<ServiceRequestId>(22))
        facts.also.emplace().id = also;
    facts.is_false_alarm = row.text(23) == events::kind_name(events::Kind::FalseAlarm);
    return facts;
}

void add_waiting(db::SqlBuilder& sql)
{
    sql.add(service_requests::row_columns).add(" FROM service_servicerequest r").add(service_requests::row_joins);
    sql.add(" WHERE r.is_emergency = 1 AND r.status = 'Pending' AND r.taken_at IS NULL AND r.folded_into IS NULL");
}

// The newest one folded into `r` that names another address.
constexpr db::Sql newest_elsewhere(R"((SELECT MAX(m.id) FROM service_servicerequest m
                 WHERE m.folded_into = r.id AND m.address_key <> r.address_key))");

using Requests = std::vector<service_requests::ServiceRequest>;

bool has(const Requests& requests, ServiceRequestId id)
{
    return std::ranges::find(requests, id, &service_requests::ServiceRequest::id) != requests.end();
}

void add_missing(Requests& requests, const Requests& more)
{
    for (const auto& request : more) {
        if (!has(requests, request.id))
            requests.push_back(request);
    }
}

/// The newest of those in which nobody is known to be unable to leave, and the one that has waited longest.
Requests newest_and_longest_waiting(db::Connection& db)
{
    db::SqlBuilder newest;
    add_waiting_emergencies_sql(newest, Leaving::NotImpossible, 1);
    db::SqlBuilder longest;
    add_longest_waiting_sql(longest);
    Requests found = db::map_rows(db.query(newest), service_requests::service_request_from_row);
    add_missing(found, db::map_rows(db.query(longest), service_requests::service_request_from_row));
    return found;
}

void add_at_address(db::SqlBuilder& sql, std::string_view key, ServiceRequestId without)
{
    sql.add(" WHERE r.is_emergency = 1 AND r.status = 'Pending' AND r.address_key <> '' AND r.address_key = ")
        .bind(key);
    sql.add(" AND r.id <> ").bind(without.value).add(" AND COALESCE(r.folded_into, 0) <> ").bind(without.value);
}

} // namespace

// A few sizes, so that few statements are prepared.
std::size_t places_for(std::size_t count)
{
    for (const std::size_t places : {std::size_t{4}, std::size_t{32}, std::size_t{128}}) {
        if (count <= places)
            return places;
    }
    throw std::logic_error("facts of more emergencies than a page shows");
}

EmergencyCounts count_emergencies(db::Connection& db)
{
    return db
        .query(R"(
        SELECT COUNT(*), COUNT(taken_at), COUNT(CASE WHEN taken_at IS NULL THEN folded_into END),
               MIN(CASE WHEN taken_at IS NOT NULL THEN submitted_at END), MIN(submitted_at)
          FROM service_servicerequest WHERE is_emergency = 1 AND status = 'Pending')")
        .first([](const db::Row& row) {
            return EmergencyCounts{.open = row.integer(0),
                .taken = row.integer(1),
                .folded = row.integer(2),
                .oldest_taken = row.optional_time(3),
                .oldest = row.optional_time(4)};
        })
        .value_or(EmergencyCounts{});
}

std::vector<service_requests::ServiceRequest> list_waiting_emergencies(db::Connection& db, std::size_t limit)
{
    std::vector<service_requests::ServiceRequest> waiting;
    for (const Leaving leaving : {Leaving::Impossible, Leaving::NotSure, Leaving::Others}) {
        if (waiting.size() == limit)
            break;
        db::SqlBuilder sql;
        add_waiting_emergencies_sql(sql, leaving, limit - waiting.size());
        for (const db::Row row : db.query(sql))
            waiting.push_back(service_requests::service_request_from_row(row));
    }
    return waiting;
}

std::int64_t count_waiting_unable_to_leave(db::Connection& db)
{
    constexpr std::size_t most_looked_at = 1000;
    return db
        .query(R"(
        SELECT COUNT(*)
          FROM (SELECT r.id FROM service_servicerequest r
                 WHERE r.is_emergency = 1 AND r.status = 'Pending' AND r.taken_at IS NULL
                 ORDER BY r.submitted_at DESC, r.id DESC LIMIT $1) newest
          JOIN service_leak_report l ON l.service_request_id = newest.id
         WHERE l.unable_to_leave = 'yes')",
            most_looked_at)
        .integer();
}

std::vector<service_requests::ServiceRequest> list_first_and_longest_waiting(
    db::Connection& db, const EmergencyCounts& counts, std::size_t limit)
{
    auto waiting = list_waiting_emergencies(db, limit);
    if (counts.lines() > std::ssize(waiting))
        add_missing(waiting, newest_and_longest_waiting(db));
    return waiting;
}

std::vector<service_requests::ServiceRequest> list_pinned_emergencies(db::Connection& db, const EmergencyCounts& counts)
{
    auto waiting = list_waiting_emergencies(db, most_pinned);
    if (counts.lines() <= std::ssize(waiting))
        return waiting;
    const auto kept = newest_and_longest_waiting(db);
    std::size_t room = most_pinned - kept.size();
    std::erase_if(waiting, [&](const auto& request) {
        if (has(kept, request.id))
            return false;
        const bool is_left_out = room == 0;
        room -= is_left_out ? 0 : 1;
        return is_left_out;
    });
    add_missing(waiting, kept);
    return waiting;
}

FactsById list_emergency_facts(db::Connection& db, std::span<const service_requests::ServiceRequest> requests)
{
    std::vector<ServiceRequestId> ids;
    for (const auto& request : requests) {
        if (request.is_emergency)
            ids.push_back(request.id);
    }
    FactsById facts;
    if (ids.empty())
        return facts;
    ids.resize(places_for(ids.size()));
    db::SqlBuilder sql;
    add_emergency_facts_sql(sql, ids);
    for (const db::Row row : db.query(sql))
        facts.emplace(row.id<ServiceRequestId>(0), facts_from_row(row));
    for (auto& [id, found] : facts) {
        if (found.also)
            found.also = get_also_reported(db, found.also->id);
    }
    return facts;
}

EmergencyFacts find_emergency_facts(db::Connection& db, const service_requests::ServiceRequest& request)
{
    auto facts = list_emergency_facts(db, {&request, 1});
    return facts.empty() ? EmergencyFacts{} : std::move(facts.begin()->second);
}

EmergenciesHere list_emergencies_at_address(db::Connection& db, const service_requests::ServiceRequest& request)
{
    EmergenciesHere here;
    const std::string& key = request.address_key;
    if (key.empty())
        return here;
    db::SqlBuilder sql;
    add_emergencies_at_address_sql(sql, key, request.id);
    here.newest = db::map_rows(db.query(sql), service_requests::service_request_from_row);
    here.count = std::ssize(here.newest);
    if (here.newest.size() < most_listed_here)
        return here;
    db::SqlBuilder count;
    add_count_at_address_sql(count, key, request.id);
    here.count = db.query(count).integer();
    return here;
}

void add_longest_waiting_sql(db::SqlBuilder& sql)
{
    add_waiting(sql);
    sql.add(" ORDER BY r.submitted_at, r.id LIMIT 1");
}

void add_waiting_emergencies_sql(db::SqlBuilder& sql, Leaving leaving, std::size_t limit)
{
    add_waiting(sql);
    // A look-up for each row, which keeps the planners from sorting.
    sql.add(
        " AND COALESCE((SELECT l.unable_to_leave FROM service_leak_report l WHERE l.service_request_id = r.id), '')");
    switch (leaving) {
    case Leaving::Impossible:
        sql.add(" = 'yes'");
        break;
    case Leaving::NotSure:
        sql.add(" = 'unknown'");
        break;
    case Leaving::Others:
        sql.add(" NOT IN ('yes', 'unknown')");
        break;
    case Leaving::NotImpossible:
        sql.add(" <> 'yes'");
        break;
    }
    sql.add(" ORDER BY r.submitted_at DESC, r.id DESC LIMIT ").bind(limit);
}

void add_end_of_emergency(db::SqlBuilder& sql)
{
    sql.add(R"(COALESCE(CASE WHEN r.is_emergency = 1 AND r.status = 'Resolved'
                             THEN (SELECT e.kind FROM service_event e
                                    WHERE e.subject = 'service_request' AND e.subject_id = r.id AND e.kind IN ()");
    sql.bind(events::kind_name(events::Kind::FalseAlarm)).add(", ").bind(events::kind_name(events::Kind::MadeSafe));
    sql.add(") ORDER BY e.id DESC LIMIT 1) END, '')");
}

void add_emergency_facts_sql(db::SqlBuilder& sql, std::span<const ServiceRequestId> ids)
{
    sql.add(R"(
        SELECT r.id, COALESCE(l.place, ''), COALESCE(l.strength, ''), COALESCE(l.unable_to_leave, ''),
               r.taken_by, r.taken_at, COALESCE(k.first_name, ''), COALESCE(k.last_name, ''), COALESCE(k.username, ''),
               r.contact_phone,
               r.folded_into,
               (SELECT COUNT(*) FROM service_servicerequest m WHERE m.folded_into = r.id),
               CASE WHEN EXISTS (SELECT 1 FROM service_servicerequest m WHERE m.folded_into = r.id)
                    THEN (SELECT COUNT(DISTINCT m.address_key) FROM service_servicerequest m
                           WHERE m.folded_into = r.id AND m.address_key <> r.address_key)
                    ELSE 0 END,
               COALESCE((SELECT m.address FROM service_servicerequest m WHERE m.id = )")
        .add(newest_elsewhere)
        .add(R"(), ''),
               COALESCE((SELECT MAX(CASE k.unable_to_leave WHEN 'yes' THEN 2 WHEN 'unknown' THEN 1 ELSE 0 END)
                           FROM service_servicerequest m JOIN service_leak_report k ON k.service_request_id = m.id
                          WHERE m.folded_into = r.id), 0),
               (SELECT MAX(e.id) FROM service_event e
                 WHERE e.subject = 'service_request' AND e.subject_id = r.id AND e.kind = )");
    sql.bind(events::kind_name(events::Kind::GivenBack));
    sql.add(R"(),
               (SELECT MIN(e.id) FROM service_event e
                 WHERE e.subject = 'service_request' AND e.subject_id = )")
        .add(newest_elsewhere)
        .add(R"(),
               CASE WHEN EXISTS (SELECT 1 FROM service_event e
                                  WHERE e.subject = 'service_request' AND e.subject_id = r.id AND e.kind = )");
    sql.bind(events::kind_name(events::Kind::Reopened));
    sql.add(R"() THEN 1 ELSE 0 END,
               CASE WHEN r.customer_replied_at IS NULL THEN 0 ELSE 1 END,
               COALESCE(a.phone_number, ''),
               COALESCE(CASE WHEN r.customer_replied_at IS NOT NULL
                             THEN (SELECT substr(c.text, 1, 120) FROM service_comment c
                                    WHERE c.service_request_id = r.id AND c.user_id = r.user_id
                                      AND c.visibility = 'public'
                                    ORDER BY c.id DESC LIMIT 1) END, ''),
               COALESCE(l.language, ''),
               COALESCE((SELECT MAX(x.service_request_id) FROM service_leak_report x
                          WHERE x.earlier_id = COALESCE(l.earlier_id, r.id) AND x.service_request_id <> r.id),
                        l.earlier_id),
               )");
    add_end_of_emergency(sql);
    sql.add(R"(
          FROM service_servicerequest r
          LEFT JOIN service_leak_report l ON l.service_request_id = r.id
          LEFT JOIN auth_user k ON k.id = r.taken_by
          LEFT JOIN service_account a ON a.id = r.account_id
         WHERE r.id IN )");
    sql.add("(");
    for (std::size_t i = 0; i < ids.size(); ++i)
        sql.add(i == 0 ? db::Sql("") : db::Sql(", ")).bind(ids[i].value);
    sql.add(")");
}

void add_emergencies_at_address_sql(db::SqlBuilder& sql, std::string_view key, ServiceRequestId without)
{
    sql.add(service_requests::row_columns).add(" FROM service_servicerequest r").add(service_requests::row_joins);
    add_at_address(sql, key, without);
    sql.add(" ORDER BY r.id DESC LIMIT ").bind(most_listed_here);
}

void add_count_at_address_sql(db::SqlBuilder& sql, std::string_view key, ServiceRequestId without)
{
    sql.add("SELECT COUNT(*) FROM service_servicerequest r");
    add_at_address(sql, key, without);
}

} // namespace queue
