#include "pages/shared/emergencies/alarm_board.hpp"

#include "base/reference.hpp"
#include "base/text.hpp"
#include "pages/shared/presentation.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace pages::shared {

namespace {

// What fits under the header, and the one that has waited longest; one line says how many more there are.
constexpr std::size_t most_alarms = 3;
constexpr std::size_t longest_message = 60;

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
        .type_name = shown_type(source.dates.language(), request.type_name),
        .address = request.address,
        .person = request.customer_name.empty() ? request.contact_name : request.customer_name,
        .phone = {},
        .leak = {},
        .age = source.dates.age(request.submitted_at),
        .when_iso = base::iso_utc(request.submitted_at)};
}

/// A flood of one sender is one line, which must not hide where the newest leak is.
std::string place_of(const Source& source, const std::string& address, const std::string& newest)
{
    if (newest.empty() || address.empty())
        return newest.empty() ? address : newest;
    return source.dates.language().say(
        base::Text("{address}, newest: {newest}", {{"address", address}, {"newest", newest}}));
}

/// Who reported it, and what has happened since.
std::string person_and_news(const Source& source, std::string person, const queue::EmergencyFacts& facts)
{
    const auto add = [&](const base::Text& words) {
        person += person.empty() ? "" : " · ";
        person += source.dates.language().say(words);
    };
    if (facts.is_reopened)
        add(base::Text("Reopened"));
    if (facts.also)
        add(also_words(source.dates, *facts.also));
    if (facts.new_message && facts.new_message->empty())
        add(base::Text("New message"));
    else if (facts.new_message)
        add(base::Text("New message: {text}", {{"text", base::excerpt(*facts.new_message, longest_message)}}));
    return person;
}

void add_facts(const Source& source, web::Alarm& alarm, const queue::EmergencyFacts& facts)
{
    alarm.address = place_of(source, alarm.address, facts.newest_place);
    alarm.person = person_and_news(source, std::move(alarm.person), facts);
    alarm.leak = worst_answers(facts);
    alarm.phone = facts.phone;
    alarm.given_back = facts.rings_again;
    alarm.folded = facts.folded;
    alarm.other_places = facts.other_places;
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
    if (counts.nobody_has() > 1)
        board.unable_to_leave = queue::count_waiting_unable_to_leave(source.db);
    const auto requests = queue::list_first_and_longest_waiting(source.db, counts, most_alarms);
    const queue::FactsById facts = queue::list_emergency_facts(source.db, requests);
    for (const auto& request : requests) {
        web::Alarm& alarm = board.alarms.emplace_back(alarm_of(source, request));
        if (const auto found = facts.find(request.id); found != facts.end())
            add_facts(source, alarm, found->second);
        // A line speaks for these, so they are none of the others.
        board.waiting -= alarm.folded;
        board.unable_to_leave -= web::AlarmBoard::is_unable(alarm) ? std::min(alarm.folded, board.unable_to_leave) : 0;
    }
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
    for (const QueueRow& row : pinned.rows)
        pinned.shown += 1 + row.folded;
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
