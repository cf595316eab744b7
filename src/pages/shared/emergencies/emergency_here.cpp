#include "pages/shared/emergencies/emergency_here.hpp"

#include "base/reference.hpp"
#include "base/url_encoding.hpp"
#include "pages/shared/presentation.hpp"
#include "pages/shared/queue_row.hpp"
#include "pages/shared/urls.hpp"
#include "queue/emergencies.hpp"

#include <fmt/format.h>

namespace pages::shared {

std::optional<EmergencyHere> emergency_here(const Source& source, const service_requests::ServiceRequest& request)
{
    const auto found = queue::list_emergencies_at_address(source.db, request);
    if (found.newest.empty())
        return std::nullopt;
    EmergencyHere here{.links = {}, .count = found.count, .list = {}};
    const queue::FactsById facts = queue::list_emergency_facts(source.db, found.newest);
    for (const auto& emergency : found.newest)
        here.links.push_back({.id = emergency.id,
            .reference = base::reference(emergency.id),
            .title = shown_title(source.dates.language(), emergency),
            .leak = worst_answers(facts.at(emergency.id))});
    if (std::ssize(found.newest) < found.count)
        here.list = urls::desk_queue(fmt::format(
            "?status=Pending&type={}&q={}", found.newest.front().type_slug, base::percent_encode(request.address)));
    return here;
}

} // namespace pages::shared
