#include "pages/shared/emergencies/emergency_here.hpp"

#include "base/reference.hpp"
#include "base/url_encoding.hpp"
#include "pages/shared/presentation.hpp"
#include "pages/shared/queue_row.hpp"
#include "pages/shared/urls.hpp"
#include "queue/emergencies.hpp"

#include <fmt/format.h>

namespace pages::shared {

namespace {

std::vector<EmergencyHere::Link> links_to(
    const Source& source, const std::vector<service_requests::ServiceRequest>& emergencies)
{
    std::vector<EmergencyHere::Link> links;
    const queue::FactsById facts = queue::list_emergency_facts(source.db, emergencies);
    for (const auto& emergency : emergencies)
        links.push_back({.id = emergency.id,
            .reference = base::reference(emergency.id),
            .title = shown_title(source.dates.language(), emergency),
            .leak = worst_answers(facts.at(emergency.id)),
            .address = emergency.address});
    return links;
}

} // namespace

std::optional<EmergencyHere> emergency_here(const Source& source, const service_requests::ServiceRequest& request)
{
    const auto found = queue::list_emergencies_at_address(source.db, request);
    const auto perhaps = queue::list_emergencies_perhaps_at(source.db, request);
    if (found.newest.empty() && perhaps.empty())
        return std::nullopt;
    EmergencyHere here{.links = links_to(source, found.newest),
        .count = found.count,
        .list = {},
        .perhaps = links_to(source, perhaps)};
    if (std::ssize(found.newest) < found.count)
        here.list = urls::desk_queue(fmt::format(
            "?status=Pending&type={}&q={}", found.newest.front().type_slug, base::percent_encode(request.address)));
    return here;
}

} // namespace pages::shared
