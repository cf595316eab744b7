#include "leaks/leak_report.hpp"

namespace leaks {

void add_leak_report(db::Transaction& tx, ServiceRequestId id, const LeakReport& report, base::Time advice_shown_at)
{
    tx.apply(R"(
        INSERT INTO service_leak_report
               (service_request_id, place, strength, unable_to_leave, advice_version, advice_shown_at, sender)
        VALUES ($1, $2, $3, $4, $5, $6, $7))",
        id, report.place, report.strength, report.unable_to_leave, advice_version, advice_shown_at, report.sender);
}

std::optional<LeakReport> find_leak_report(db::Connection& db, ServiceRequestId id)
{
    return db
        .query("SELECT place, strength, unable_to_leave FROM service_leak_report WHERE service_request_id = $1", id)
        .first([](const db::Row& row) {
            return LeakReport{.place = row.string(0), .strength = row.string(1), .unable_to_leave = row.string(2)};
        });
}

} // namespace leaks
