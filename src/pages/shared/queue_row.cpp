#include "pages/shared/queue_row.hpp"

#include "base/reference.hpp"
#include "base/text.hpp"
#include "pages/shared/presentation.hpp"
#include "pages/shared/urls.hpp"

#include <algorithm>
#include <chrono>

namespace pages::shared {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t longest_rest = 90;
constexpr std::int64_t track_width = 152;

std::string one_line(std::string_view text)
{
    std::string line(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line;
}

std::string rest_after(std::string_view title, std::string_view description)
{
    if (!description.starts_with(title))
        return {};
    std::string_view rest = description.substr(title.size());
    while (!rest.empty() && (rest.front() == '.' || rest.front() == '!' || rest.front() == '?'))
        rest.remove_prefix(1);
    return one_line(base::first_code_points(base::trim(rest), longest_rest));
}

base::Text replied_words(const i18n::Dates& dates, base::Time at)
{
    if (dates.now() - at < 1min)
        return base::Text("Customer replied just now");
    return base::Text("Customer replied {age} ago", {{"age", dates.age(at)}});
}

/// Emergencies without words would look alike.
base::Text reported_words(const i18n::Dates& dates, const service_requests::ServiceRequest& request)
{
    const std::string when = dates.friendly(request.submitted_at);
    if (request.address.empty())
        return base::Text("No address given, reported {when}", {{"when", when}});
    return base::Text("{address}, reported {when}", {{"address", request.address}, {"when", when}});
}

} // namespace

QueueRow queue_row(const i18n::Dates& dates, const service_requests::ServiceRequest& request)
{
    const bool is_open = request.status == service_requests::Status::Pending;
    QueueRow row;
    row.id = request.id;
    row.url = urls::desk_request(request.id);
    row.reference = base::reference(request.id);
    row.title = shown_title(dates.language(), request);
    if (request.is_emergency && base::trim(request.description).empty())
        row.reported = reported_words(dates, request);
    row.rest = rest_after(row.title, request.description);
    row.type_name = shown_type(dates.language(), request.type_name);
    row.type_icon = request.type_icon;
    row.is_emergency = request.is_emergency;
    row.is_pinned = request.is_emergency && is_open;
    row.customer = request.customer_name.empty() ? request.contact_name : request.customer_name;
    row.address = request.address;
    row.status = request.status;
    row.comments = request.public_comments + request.internal_comments;
    row.attachments = request.attachments;
    row.submitted_exact = dates.exact(request.submitted_at);
    row.submitted_iso = base::iso_utc(request.submitted_at);
    row.updated = dates.friendly(request.updated_at);
    row.updated_exact = dates.exact(request.updated_at);
    row.updated_iso = base::iso_utc(request.updated_at);
    if (is_open)
        row.age = dates.age(request.submitted_at);
    else if (request.resolved_at)
        row.took = base::Text("took {time}", {{"time", dates.span(*request.resolved_at - request.submitted_at)}});
    if (request.customer_replied_at) {
        row.replied = replied_words(dates, *request.customer_replied_at);
        row.replied_exact = dates.exact(*request.customer_replied_at);
        row.replied_iso = base::iso_utc(*request.customer_replied_at);
    }
    if (row.is_pinned)
        row.track = track_width * std::min<std::chrono::milliseconds>(dates.now() - request.submitted_at, 1h) / 1h;
    return row;
}

web::LeakAnswers leak_answers(const queue::EmergencyFacts& facts)
{
    if (!facts.answers)
        return {};
    return {.place = facts.answers->place,
        .strength = facts.answers->strength,
        .unable_to_leave = facts.answers->unable_to_leave,
        .language = facts.answers->language};
}

web::LeakAnswers worst_answers(const queue::EmergencyFacts& facts)
{
    web::LeakAnswers answers = leak_answers(facts);
    answers.unable_to_leave = facts.unable_to_leave;
    return answers;
}

base::Text also_words(const i18n::Dates& dates, const queue::AlsoReported& also)
{
    const std::string reference = base::reference(also.id);
    const bool is_new = dates.now() - also.submitted_at < 1min;
    if (also.address.empty() && is_new)
        return base::Text(
            "Also reported by the same person: {reference} (no address given), just now", {{"reference", reference}});
    if (also.address.empty())
        return base::Text("Also reported by the same person: {reference} (no address given), {age} ago",
            {{"reference", reference}, {"age", dates.age(also.submitted_at)}});
    if (is_new)
        return base::Text("Also reported by the same person: {reference} at {address}, just now",
            {{"reference", reference}, {"address", also.address}});
    return base::Text("Also reported by the same person: {reference} at {address}, {age} ago",
        {{"reference", reference}, {"address", also.address}, {"age", dates.age(also.submitted_at)}});
}

void add_facts(const i18n::Dates& dates, QueueRow& row, const queue::EmergencyFacts& facts)
{
    row.leak = worst_answers(facts);
    row.phone = facts.phone;
    row.taken_by = facts.taken_by;
    row.taken_by_name = facts.taken_by_name;
    row.is_false_alarm = facts.is_false_alarm;
    row.folded_into = facts.folded_into;
    row.folded = facts.folded;
    row.other_places = facts.other_places;
    if (facts.also) {
        row.also = facts.also->id;
        row.also_words = also_words(dates, *facts.also);
    }
}

namespace {

void add_near(QueueRow& row, const queue::EmergencyNear& near)
{
    row.near_emergency =
        near.is_certain ? base::Text("Gas leak at this address") : base::Text("Gas leak, perhaps at this address");
    row.near_leak.unable_to_leave = near.unable_to_leave;
}

} // namespace

std::vector<QueueRow> queue_rows(
    const Source& source, std::span<const service_requests::ServiceRequest> requests, const RowsFor& whom)
{
    const queue::FactsById facts = queue::list_emergency_facts(source.db, requests);
    const queue::EmergenciesNear near = queue::list_emergencies_near(source.db, requests);
    std::vector<QueueRow> rows;
    rows.reserve(requests.size());
    for (const auto& request : requests) {
        rows.push_back(queue_row(source.dates, request));
        rows.back().url = urls::desk_request(request.id, urls::from_list(whom.list));
        rows.back().viewer = whom.viewer;
        if (const auto found = facts.find(request.id); found != facts.end())
            add_facts(source.dates, rows.back(), found->second);
        if (const auto found = rows.back().is_pinned ? near.end() : near.find(request.id); found != near.end())
            add_near(rows.back(), found->second);
    }
    return rows;
}

} // namespace pages::shared
