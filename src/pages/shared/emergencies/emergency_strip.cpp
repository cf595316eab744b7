#include "pages/shared/emergencies/emergency_strip.hpp"

#include "base/reference.hpp"
#include "pages/shared/queue_row.hpp"

namespace pages::shared {

std::optional<EmergencyStrip> emergency_strip(const Source& source, const service_requests::ServiceRequest& request)
{
    if (!request.is_emergency)
        return std::nullopt;
    const queue::EmergencyFacts facts = queue::find_emergency_facts(source.db, request);
    EmergencyStrip strip{.id = request.id,
        .reference = base::reference(request.id),
        .is_open = request.status == service_requests::Status::Pending,
        .leak = leak_answers(facts),
        .address = request.address,
        .phone = facts.phone,
        .taken_by = facts.taken_by,
        .taken_by_name = facts.taken_by_name,
        .taken_when = {},
        .taken_when_iso = {},
        .taken_when_exact = {},
        .also = {},
        .folded_into = facts.folded_into,
        .folded = facts.folded,
        .taken_age = {},
        .viewer = {}};
    if (facts.also) {
        for (const queue::AlsoReported& also : queue::list_also_reported(source.db, request.id))
            strip.also.push_back({.id = also.id, .words = also_words(source.dates, also)});
    }
    if (facts.taken_at) {
        strip.taken_when = source.dates.friendly(*facts.taken_at);
        if (source.dates.now() - *facts.taken_at >= std::chrono::minutes(1))
            strip.taken_age = source.dates.age(*facts.taken_at);
        strip.taken_when_iso = base::iso_utc(*facts.taken_at);
        strip.taken_when_exact = source.dates.exact(*facts.taken_at);
    }
    return strip;
}

} // namespace pages::shared
