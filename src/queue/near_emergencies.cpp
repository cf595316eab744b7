// Open emergencies near the service requests of a list.

#include "base/address/likeness.hpp"
#include "queue/emergencies.hpp"
#include "queue/queue_sql.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace queue {

namespace {

/// As the statements below rank the answers.
std::string answer_of(std::int64_t rank)
{
    return rank == 2 ? "yes" : rank == 1 ? "unknown" : "";
}

struct OpenEmergency
{
    std::string key;
    std::string address;
    std::string unable_to_leave;
};

// On most days few emergencies are open: reading them costs less than asking about each address of a list. Nothing when
// there are more.
std::optional<std::vector<OpenEmergency>> list_all_open(db::Connection& db)
{
    constexpr std::size_t few = 16;
    db::SqlBuilder sql(R"(
        SELECT r.address_key, r.address, CASE l.unable_to_leave WHEN 'yes' THEN 2 WHEN 'unknown' THEN 1 ELSE 0 END
          FROM service_servicerequest r LEFT JOIN service_leak_report l ON l.service_request_id = r.id
         WHERE r.is_emergency = 1 AND r.status = 'Pending' AND r.address_key <> '' LIMIT )");
    sql.bind(few + 1);
    auto open = db::map_rows(db.query(sql), [](const db::Row& row) {
        return OpenEmergency{row.string(0), row.string(1), answer_of(row.integer(2))};
    });
    return open.size() > few ? std::nullopt : std::optional(std::move(open));
}

/// The worst of two answers.
std::string worse(const std::string& one, const std::string& other)
{
    return one == "yes" || (one == "unknown" && other != "yes") ? one : other;
}

bool is_perhaps_there(const service_requests::ServiceRequest& request, const OpenEmergency& emergency)
{
    const std::string_view house = base::house_of(request.address_key);
    return !house.empty() && emergency.key.starts_with(house) &&
           base::is_perhaps_same_place(request.address, emergency.address);
}

std::optional<EmergencyNear> find_near(
    const service_requests::ServiceRequest& request, const std::vector<OpenEmergency>& open)
{
    std::optional<EmergencyNear> here;
    std::optional<EmergencyNear> perhaps;
    for (const OpenEmergency& emergency : open) {
        const bool is_here = emergency.key == request.address_key;
        if (!is_here && !is_perhaps_there(request, emergency))
            continue;
        auto& near = is_here ? here : perhaps;
        const std::string known = near ? near->unable_to_leave : std::string();
        near = EmergencyNear{.is_certain = is_here, .unable_to_leave = worse(known, emergency.unable_to_leave)};
    }
    return here ? here : perhaps;
}

} // namespace

EmergenciesNear list_emergencies_near(db::Connection& db, std::span<const service_requests::ServiceRequest> requests)
{
    std::set<std::string> asked;
    for (const auto& request : requests) {
        if (!request.is_emergency || request.status != service_requests::Status::Pending)
            asked.insert(request.address_key);
    }
    asked.erase("");
    if (asked.empty())
        return {};
    auto open = list_all_open(db);
    if (!open) {
        std::vector<std::string> keys(asked.begin(), asked.end());
        keys.resize(places_for(keys.size()));
        db::SqlBuilder sql;
        add_emergency_addresses_sql(sql, keys);
        open = db::map_rows(db.query(sql), [](const db::Row& row) {
            return OpenEmergency{row.string(0), {}, answer_of(row.integer(1))};
        });
    }
    EmergenciesNear found;
    for (const auto& request : requests) {
        const bool is_asked = asked.contains(request.address_key);
        if (auto near = is_asked ? find_near(request, *open) : std::nullopt)
            found.emplace(request.id, *std::move(near));
    }
    return found;
}

void add_emergency_addresses_sql(db::SqlBuilder& sql, std::span<const std::string> keys)
{
    sql.add(R"(
        SELECT r.address_key, MAX(CASE l.unable_to_leave WHEN 'yes' THEN 2 WHEN 'unknown' THEN 1 ELSE 0 END)
          FROM service_servicerequest r LEFT JOIN service_leak_report l ON l.service_request_id = r.id
         WHERE r.is_emergency = 1 AND r.status = 'Pending' AND r.address_key <> '' AND r.address_key IN ()");
    for (std::size_t i = 0; i < keys.size(); ++i)
        sql.add(i == 0 ? db::Sql("") : db::Sql(", ")).bind(std::string_view(keys[i]));
    sql.add(") GROUP BY r.address_key");
}

} // namespace queue
