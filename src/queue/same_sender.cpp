#include "queue/same_sender.hpp"

#include "base/phone/phone.hpp"

#include <algorithm>

namespace queue {

namespace {

// However many reports a sender sends, each one costs no more than this many look-ups.
constexpr std::size_t most_looked_at = 50;
constexpr std::size_t most_listed = 5;

struct Candidate
{
    ServiceRequestId id;
    ServiceRequestId first;
    std::string address_key;
    std::string phone;
};

std::vector<Candidate> candidates(db::Rows rows)
{
    return db::map_rows(std::move(rows), [](const db::Row& row) {
        return Candidate{.id = row.id<ServiceRequestId>(0),
            .first = row.id<ServiceRequestId>(1),
            .address_key = row.string(2),
            .phone = row.string(3)};
    });
}

/// Of the browser and of the user, newest first.
std::vector<Candidate> list_theirs(
    db::Connection& db, const Reported& reported, ServiceRequestId of_browser, base::Time since)
{
    return candidates(db.query(R"(
        SELECT r.id, COALESCE(l.earlier_id, r.id), r.address_key, ''
          FROM (SELECT CAST($1 AS bigint) AS id
                UNION SELECT id FROM (SELECT id FROM service_servicerequest WHERE user_id = $2
                                       ORDER BY id DESC LIMIT $3) own) theirs
          JOIN service_servicerequest r ON r.id = theirs.id
          LEFT JOIN service_leak_report l ON l.service_request_id = r.id
         WHERE r.id <> $4 AND r.is_emergency = 1 AND r.submitted_at >= $5
         ORDER BY r.id DESC)",
        of_browser.value, reported.user_id.value, most_looked_at, reported.id.value, since));
}

/// Of guests in the same network.
std::vector<Candidate> list_of_network(db::Connection& db, const Reported& reported, base::Time since)
{
    return candidates(db.query(R"(
        SELECT r.id, COALESCE(newest.earlier_id, r.id), r.address_key, r.contact_phone
          FROM (SELECT l.service_request_id AS id, l.earlier_id, l.advice_shown_at
                  FROM service_leak_report l
                 WHERE l.sender <> '' AND l.sender = $1 AND l.advice_shown_at >= $2 AND l.service_request_id <> $3
                 ORDER BY l.advice_shown_at DESC LIMIT $4) newest
          JOIN service_servicerequest r ON r.id = newest.id
         WHERE r.user_id IS NULL
         ORDER BY newest.advice_shown_at DESC, r.id DESC)",
        reported.report.sender, since, reported.id.value, most_looked_at));
}

AlsoReported also_from_row(const db::Row& row)
{
    return {.id = row.id<ServiceRequestId>(0), .address = row.string(1), .submitted_at = row.time(2)};
}

} // namespace

std::optional<Earlier> find_earlier_of_sender(
    db::Connection& db, const Reported& reported, const Reporter& reporter, base::Time now)
{
    const base::Time since = now - sent_together;
    const std::string address_key = service_requests::address_key(reported.address);
    const auto is_elsewhere = [&](const Candidate& candidate) { return candidate.address_key != address_key; };
    if (reported.user_id || reporter.last_of_browser) {
        const auto theirs = list_theirs(db, reported, reporter.last_of_browser, since);
        if (const auto found = std::ranges::find_if(theirs, is_elsewhere); found != theirs.end())
            return Earlier{.first = found->first, .is_shown = true};
    }
    const std::string phone = base::phone_link(reporter.phone);
    if (reported.user_id || reported.report.sender.empty() || phone.empty())
        return std::nullopt;
    const auto others = list_of_network(db, reported, since);
    const auto found = std::ranges::find_if(others, [&](const Candidate& candidate) {
        return is_elsewhere(candidate) && base::phone_link(candidate.phone) == phone;
    });
    return found == others.end() ? std::nullopt : std::optional(Earlier{.first = found->first});
}

void set_earlier(db::Transaction& tx, ServiceRequestId id, const Earlier& earlier)
{
    tx.apply("UPDATE service_leak_report SET earlier_id = $2, is_earlier_shown = $3 WHERE service_request_id = $1", id,
        earlier.first, earlier.is_shown);
}

std::vector<AlsoReported> list_also_reported(db::Connection& db, ServiceRequestId id)
{
    const ServiceRequestId first =
        db.query(
              "SELECT COALESCE(earlier_id, service_request_id) FROM service_leak_report WHERE service_request_id = $1",
              id)
            .first([](const db::Row& row) { return row.id<ServiceRequestId>(0); })
            .value_or(id);
    return db::map_rows(db.query(R"(
        SELECT id, address, submitted_at FROM service_servicerequest WHERE id = $1 AND id <> $2
        UNION ALL
        SELECT id, address, submitted_at
          FROM (SELECT o.id, o.address, o.submitted_at
                  FROM service_leak_report l JOIN service_servicerequest o ON o.id = l.service_request_id
                 WHERE l.earlier_id = $1 AND l.service_request_id <> $2
                 ORDER BY l.service_request_id DESC LIMIT $3) later
         ORDER BY 1 DESC LIMIT $3)",
                            first, id, most_listed),
        also_from_row);
}

AlsoReported get_also_reported(db::Connection& db, ServiceRequestId id)
{
    return db.query("SELECT id, address, submitted_at FROM service_servicerequest WHERE id = $1", id)
        .first(also_from_row)
        .value();
}

std::optional<AlsoReported> find_shown_earlier(db::Connection& db, ServiceRequestId id)
{
    return db
        .query(R"(
        SELECT o.id, o.address, o.submitted_at
          FROM service_leak_report l JOIN service_servicerequest o ON o.id = l.earlier_id
         WHERE l.service_request_id = $1 AND l.is_earlier_shown = 1)",
            id)
        .first(also_from_row);
}

} // namespace queue
