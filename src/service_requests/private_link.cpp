#include "service_requests/private_link.hpp"

#include "base/crypto.hpp"
#include "service_requests/row.hpp"

namespace service_requests {

namespace {

struct LinkRow
{
    bool is_withdrawn = false;
    std::optional<base::Time> resolved_at;
};

PrivateLink state_of(const LinkRow& row, base::Time now)
{
    if (row.is_withdrawn)
        return PrivateLink::Withdrawn;
    const bool has_ended = row.resolved_at && now - *row.resolved_at >= link_works_for;
    return has_ended ? PrivateLink::Ended : PrivateLink::Works;
}

} // namespace

std::optional<Followed> find_followed(db::Connection& db, std::string_view follow_token, base::Time now)
{
    constexpr int withdrawn_at = 30;
    const std::string hash = base::hex(base::sha256(follow_token));
    db::SqlBuilder sql(row_columns);
    sql.add(", r.follow_withdrawn_at FROM service_servicerequest r").add(row_joins);
    sql.add(" WHERE r.follow_hash = ").bind(hash);
    return db.query(sql).first([&](const db::Row& row) {
        Followed found{.request = service_request_for_customer(row)};
        found.link =
            state_of({.is_withdrawn = !row.is_null(withdrawn_at), .resolved_at = found.request.resolved_at}, now);
        return found;
    });
}

PrivateLink find_private_link(db::Connection& db, ServiceRequestId id, base::Time now)
{
    return db
        .query("SELECT follow_withdrawn_at, resolved_at FROM service_servicerequest"
               " WHERE id = $1 AND follow_hash IS NOT NULL",
            id)
        .first([&](const db::Row& row) {
            return state_of({.is_withdrawn = !row.is_null(0), .resolved_at = row.optional_time(1)}, now);
        })
        .value_or(PrivateLink::None);
}

bool set_link_withdrawn(db::Transaction& tx, ServiceRequestId id, base::Time at)
{
    return tx.execute("UPDATE service_servicerequest SET follow_withdrawn_at = $2"
                      " WHERE id = $1 AND follow_hash IS NOT NULL AND follow_withdrawn_at IS NULL",
               id, at) == 1;
}

} // namespace service_requests
