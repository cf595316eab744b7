#include "pages/shared/emergencies/alarm_board.hpp"

#include "base/reference.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace pages::shared {

namespace {

// What fits under the header, and the one that has waited longest; one line says how many more there are.
constexpr std::size_t most_alarms = 3;

std::string oldest_taken(const Source& source, const queue::EmergencyCounts& counts)
{
    return counts.oldest_taken ? source.dates.age(*counts.oldest_taken) : std::string();
}

web::Alarm alarm_of(const Source& source, const service_requests::ServiceRequest& request)
{
    return {.id = request.id,
        .version = request.version,
        .given_back = {},
        .reference = base::reference(request.id),
        .type_name = request.type_name,
        .address = request.address,
        .person = request.customer_name.empty() ? request.contact_name : request.customer_name,
        .phone = {},
        .leak = {},
        .age = source.dates.age(request.submitted_at),
        .when_iso = base::iso_utc(request.submitted_at)};
}

} // namespace

web::AlarmBoard alarm_board(const Source& source, const queue::EmergencyCounts& counts)
{
    web::AlarmBoard board{.alarms = {},
        .waiting = counts.nobody_has(),
        .taken = counts.taken,
        .oldest_taken = oldest_taken(source, counts)};
    if (board.waiting == 0)
        return board;
    const auto requests = queue::list_first_and_longest_waiting(source.db, counts, most_alarms);
    const queue::FactsById facts = queue::list_emergency_facts(source.db, requests);
    for (const auto& request : requests) {
        board.alarms.push_back(alarm_of(source, request));
        if (const auto found = facts.find(request.id); found != facts.end()) {
            board.alarms.back().leak = leak_answers(found->second);
            board.alarms.back().phone = found->second.phone;
            board.alarms.back().given_back = found->second.given_back;
            board.alarms.back().folded = found->second.folded;
            board.alarms.back().other_places = found->second.other_places;
        }
    }
    if (counts.nobody_has() > 1)
        board.unable_to_leave = queue::count_waiting_unable_to_leave(source.db);
    // A phone shows only the first one.
    std::ranges::stable_partition(board.alarms, web::AlarmBoard::is_unable);
    const auto age = [](const web::Alarm& alarm) { return std::pair(std::string_view(alarm.when_iso), alarm.id); };
    std::ranges::min_element(board.alarms, {}, age)->is_longest = true;
    return board;
}

PinnedEmergencies pinned_emergencies(const Source& source, const RowsFor& whom)
{
    const queue::EmergencyCounts counts = queue::count_emergencies(source.db);
    PinnedEmergencies pinned{.rows = {},
        .waiting = counts.nobody_has(),
        .taken = counts.taken,
        .oldest_taken = oldest_taken(source, counts)};
    if (pinned.waiting > 0)
        pinned.rows = queue_rows(source, queue::list_pinned_emergencies(source.db, counts), whom);
    return pinned;
}

base::Text folded_words(std::int64_t nobody_has)
{
    return base::Text::plural("1 emergency that nobody has", "{n} emergencies that nobody has", nobody_has);
}

base::Text emergency_words(std::int64_t nobody_has, std::int64_t open)
{
    return base::Text("{n} that nobody has, {open} open", {{"n", nobody_has}, {"open", open}});
}

} // namespace pages::shared
