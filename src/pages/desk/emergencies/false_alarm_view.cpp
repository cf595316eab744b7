#include "pages/desk/emergencies/false_alarm_view.hpp"

#include "base/reference.hpp"
#include "base/text.hpp"
#include "pages/shared/conversation.hpp"
#include "pages/shared/queue_row.hpp"
#include "queue/emergencies.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace pages::desk {

namespace {

using service_requests::Held;
using service_requests::ServiceRequest;

constexpr std::size_t longest_quote = 300;

std::vector<AlarmReport> alarm_reports(
    web::Context& ctx, const std::vector<ServiceRequest>& requests, const ServiceRequest& first)
{
    const auto facts = queue::list_emergency_facts(ctx.db(), requests);
    std::vector<AlarmReport> reports;
    for (const ServiceRequest& request : requests) {
        const auto known = facts.find(request.id);
        reports.push_back({.id = request.id,
            .reference = base::reference(request.id),
            .address = request.address,
            .is_elsewhere = request.address_key != first.address_key,
            .person = request.customer_name.empty() ? request.contact_name : request.customer_name,
            .when = ctx.dates().friendly(request.submitted_at),
            .when_exact = ctx.dates().exact(request.submitted_at),
            .leak = known == facts.end() ? web::LeakAnswers{} : shared::leak_answers(known->second),
            .text = request.description});
    }
    std::ranges::stable_partition(
        reports, [](const AlarmReport& report) { return report.leak.unable_to_leave == "yes"; });
    return reports;
}

std::set<std::string> address_keys_of(const std::vector<ServiceRequest>& requests)
{
    std::set<std::string> keys;
    for (const ServiceRequest& request : requests)
        keys.insert(request.address_key);
    return keys;
}

/// "Sofia Marchetti has 2 of these since today, 6:32 PM. They are not resolved."
std::vector<base::Text> held_words(const i18n::Dates& dates, std::vector<Held> held)
{
    std::vector<base::Text> sentences;
    while (!held.empty()) {
        const Held first = held.front();
        const auto count = std::erase_if(held, [&](const Held& other) { return other.by == first.by; });
        sentences.push_back(
            base::Text::plural(base::MessageId("{name} has 1 of these since {when}. It is not resolved."),
                base::MessageId("{name} has {n} of these since {when}. They are not resolved."), count,
                {{"name", first.by_name}, {"when", dates.friendly(first.since)}}));
    }
    return sentences;
}

EndQuestion question_of(const http::Request& request, const web::FormErrors& errors)
{
    return {.finding = std::string(request.form_value("finding").value_or("")),
        .reason = base::clean_text(request.form_value("reason").value_or("")),
        .errors = errors};
}

} // namespace

FalseAlarmView false_alarm_view(
    web::Context& ctx, const ServiceRequest& first, const queue::FoldList& fold, const RefusedFalseAlarms& refused)
{
    std::vector<ServiceRequest> shown = fold.folded;
    shown.insert(shown.begin(), first);
    const ServiceRequestId newest = fold.folded.empty() ? first.id : fold.folded.front().id;
    std::vector<Held> held = refused.held;
    if (held.empty())
        held = service_requests::list_held_by_others(
            ctx.db(), ctx.visitor().user_id, {.first = first.id, .newest = newest}, {});
    const bool is_held = std::ranges::find(held, first.id, &Held::id) != held.end();
    const auto beside = queue::list_others_at_addresses(ctx.db(), address_keys_of(shown), first.id);
    FalseAlarmView view{
        .page = ctx.page(web::title_of_form(base::Text("Resolve them all?"), refused.errors), web::Place::None),
        .id = first.id,
        .reference = base::reference(first.id),
        .sender = fold.sender,
        .total = fold.total,
        .newest = newest,
        .reports = alarm_reports(ctx, shown, first),
        .beside = alarm_reports(ctx, beside, first),
        .held = held_words(ctx.dates(), std::move(held)),
        .is_held = is_held,
        .question = question_of(ctx.request(), refused.errors)};
    view.page.has_fields = true;
    if (const auto seen = comments::find_newest_of_customer(ctx.db(), first.id, {}))
        view.seen = seen->id;
    if (refused.unseen) {
        view.unseen = shared::wrote_meanwhile(ctx.dates(), *refused.unseen);
        view.unseen_text = base::excerpt(refused.unseen->text, longest_quote);
    }
    return view;
}

} // namespace pages::desk
