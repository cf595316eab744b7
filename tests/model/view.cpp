#include "accounts/account.hpp"
#include "attachments/attachment.hpp"
#include "comments/comment.hpp"
#include "events/event.hpp"
#include "leaks/leak_report.hpp"
#include "model/site.hpp"
#include "notifications/notification.hpp"
#include "queue/export.hpp"
#include "queue/overview.hpp"
#include "queue/queue.hpp"
#include "users/user.hpp"

#include <fmt/format.h>

namespace model {

namespace {

using search::Filter;
using search::Sort;
using service_requests::OwnFilter;
using service_requests::ServiceRequest;
using service_requests::Status;

constexpr std::size_t most_pages = 4;
constexpr std::size_t everybody = 1000;

std::int64_t millis(const std::optional<base::Time>& time)
{
    return time ? base::to_millis(*time) : -1;
}

std::string line(const ServiceRequest& r)
{
    return fmt::format(
        "{} user {} account {} type {} {} '{}' {} {} {} {} {} {} '{}' '{}' '{}' {} {} {} {} v{} {} {} {}\n", r.id.value,
        r.user_id.value, r.account_id.value, r.type_id.value, r.type_slug, r.description,
        service_requests::status_name(r.status), millis(r.submitted_at), millis(r.resolved_at), millis(r.updated_at),
        r.is_emergency, service_requests::channel_name(r.channel), r.address, r.contact_name, r.contact_phone,
        r.public_comments, r.attachments, r.internal_comments, r.internal_attachments, r.version, r.username,
        r.customer_name, r.customer_email);
}

std::string ids(const std::vector<ServiceRequest>& list)
{
    std::string text;
    for (const ServiceRequest& request : list) {
        text += fmt::format(" {}", request.id.value);
    }
    return text + "\n";
}

std::string queue(db::Connection& db, const base::Time now)
{
    std::string text = "queue\n";
    for (const ServiceRequest& request : queue::list_queue(db, {.page_size = everybody})) {
        text += line(request);
    }
    text += "emergencies" + ids(queue::list_waiting_emergencies(db));
    const auto counts = queue::count_queue(db, now - std::chrono::hours(1));
    text += fmt::format("counts {} {} {} {}\n", counts.open, counts.emergencies.open, counts.resolved_today,
        queue::count_open_between(db, now - std::chrono::hours(5), now));
    for (const auto& [type, count] : queue::count_open_by_type(db)) {
        text += fmt::format("open of type {}: {}\n", type.value, count);
    }
    return text;
}

search::Filter some_filter(const Site& site, Random& random)
{
    search::Filter filter;
    if (random.chance(50)) {
        filter.status = random.chance(50) ? Status::Pending : Status::Resolved;
    }
    for (auto count = random.chance(60) ? 0 : 1 + random.below(3); count > 0; --count) {
        filter.types.push_back(random.pick(site.types));
    }
    const auto some_time = [&] { return site.clock.now() - std::chrono::seconds(random.below(2'000)); };
    if (random.chance(20)) {
        filter.from = some_time();
    }
    if (random.chance(20)) {
        filter.until = some_time();
    }
    if (random.chance(10)) {
        filter.resolved_from = some_time();
    }
    filter.sort = static_cast<search::Sort>(random.below(3));
    filter.page_size = 1 + random.below(9);
    return filter;
}

std::string describe(const search::Filter& filter)
{
    return fmt::format("status {} types {} from {} until {} resolved {} sort {} page {} search '{}':",
        filter.status ? service_requests::status_name(*filter.status) : "any", filter.types.size(), millis(filter.from),
        millis(filter.until), millis(filter.resolved_from), static_cast<int>(filter.sort), filter.page_size,
        filter.search);
}

/// The pages of a filter, one after the other, and whether its rows are said to fit it.
std::string pages(db::Connection& db, search::Filter filter)
{
    std::string text = describe(filter);
    for (std::size_t number = 0; number < most_pages; ++number) {
        auto page = queue::list_queue(db, filter);
        text += ids(page);
        if (page.size() <= filter.page_size) {
            break;
        }
        page.pop_back();
        const ServiceRequest& last = page.back();
        const auto value = filter.sort == search::Sort::Updated ? last.updated_at : last.submitted_at;
        filter.position = {.sort_value = base::to_millis(value), .id = last.id};
    }
    return text;
}

std::string filtered(const Site& site, db::Connection& db, Random& random)
{
    std::string text = pages(db, some_filter(site, random));
    for (int i = 0; i < 4; ++i) {
        search::Filter filter = random.chance(50) ? some_filter(site, random) : search::Filter{};
        filter.search = some_search(random);
        text += pages(db, filter);
        if (!site.service_requests.empty()) {
            const auto id = random.pick(site.service_requests);
            text += fmt::format("fits {}: {}\n", id.value, queue::matches(db, filter, id));
        }
        for (const db::Row row : queue::export_rows(db, filter)) {
            const auto exported = queue::export_row(row);
            text += fmt::format("exported {} '{}' '{}' '{}'\n", exported.id.value, exported.full_name,
                exported.account_number, exported.address);
        }
    }
    return text;
}

std::string own(const Site& site, db::Connection& db, Random& random)
{
    std::string text;
    for (const auto& customer : {site.cast.mei, site.cast.omar}) {
        OwnFilter filter;
        if (random.chance(50)) {
            filter.status = random.chance(50) ? Status::Pending : Status::Resolved;
        }
        if (random.chance(30)) {
            filter.type_id = random.pick(site.types);
        }
        if (!site.service_requests.empty() && random.chance(50)) {
            (random.chance(50) ? filter.before : filter.after) = random.pick(site.service_requests);
        }
        text += "own of " + customer.username +
                ids(service_requests::list_visible_service_requests(
                    db, customer.user_id, service_requests::find_reach(db, customer.user_id), filter));
        const auto counts = service_requests::count_own_service_requests(db, customer.user_id);
        text += fmt::format("{} pending, {} resolved\n", counts.pending, counts.resolved);
    }
    return text;
}

std::string event_line(const events::Event& e)
{
    return fmt::format("event {} of {} {} {} by '{}' {} {} '{}' -> '{}' {} {}\n", e.id.value,
        static_cast<int>(e.subject), e.subject_id, events::kind_name(e.kind), e.actor_name, e.actor_is_staff,
        static_cast<int>(e.visibility), e.before_value, e.after_value, e.comment_id.value,
        base::to_millis(e.created_at));
}

/// One service request as its page shows it, to customers and to staff.
std::string details(db::Connection& db, const base::Visitor& viewer, ServiceRequestId id)
{
    const auto request = service_requests::get_service_request(db, viewer, id);
    const auto deepest = viewer.is_staff() ? base::Visibility::Internal : base::Visibility::Public;
    std::string text = "details " + line(request);
    for (const auto& comment : comments::list_comments(db, id, deepest)) {
        text += fmt::format("comment {} by '{}' {} '{}'\n", comment.id.value, comment.author_name,
            comment.author_is_staff, comment.text);
    }
    for (const auto& file : attachments::list_attachments(db, id, deepest)) {
        text += fmt::format("file {} '{}' {} {}\n", file.id.value, file.name, file.size, file.comment_id.value);
    }
    for (const auto& event : events::list_events(db, events::Subject::ServiceRequest, id.value, deepest)) {
        text += event_line(event);
    }
    if (const auto leak = leaks::find_leak_report(db, id)) {
        text += "leak " + leak->place + "\n";
    }
    return text + "same address" + ids(service_requests::list_at_same_address(db, request, 5));
}

std::string details_of_some(const Site& site, db::Connection& db, Random& random)
{
    if (site.service_requests.empty()) {
        return {};
    }
    // The one that was touched last is most often the newest.
    const auto id = random.chance(40) ? site.service_requests.back() : random.pick(site.service_requests);
    std::string text = details(db, site.cast.ravi, id);
    const auto owner = service_requests::get_service_request(db, site.cast.ravi, id).user_id;
    for (const auto& customer : {site.cast.mei, site.cast.omar}) {
        if (customer.user_id == owner) {
            text += details(db, customer, id);
        }
    }
    return text;
}

std::string told(const Site& site, db::Connection& db)
{
    std::string text;
    for (const auto& person : site.people()) {
        text += fmt::format("{}: {} unread\n", person.username, notifications::count_unread(db, person.user_id));
        for (const auto& one : notifications::list_notifications(db, person.user_id, {})) {
            text += fmt::format("{} {} {} {}\n", one.service_request_id.value,
                notifications::sentence_of(one).english(), one.is_read, base::to_millis(one.created_at));
        }
    }
    return text;
}

std::string directory(db::Connection& db, Random& random)
{
    const std::string search = random.chance(50) ? some_search(random) : std::string();
    std::string text = "users '" + search + "'\n";
    for (const auto& user : users::list_users(db, {.search = search})) {
        text += fmt::format("{} {} '{}' {} {} {} {} v{}\n", user.id.value, user.username, user.full_name(), user.email,
            static_cast<int>(user.role), user.is_active, millis(user.last_login), user.version);
    }
    for (const auto& account : accounts::list_accounts(db, {.search = search})) {
        text += fmt::format("{} {} '{}' '{}' {} v{}", account.id.value, account.number, account.address,
            account.holder_name, account.is_active, account.version);
        for (const auto& linked : accounts::list_linked_users(db, account.id)) {
            text += fmt::format(" {}{}", linked.username, linked.is_holder ? " (holder)" : "");
        }
        text += "\n";
    }
    return text;
}

std::string history(db::Connection& db)
{
    constexpr std::int64_t last_few = 5;
    const auto latest = events::latest_event(db);
    std::string text;
    for (const auto& event : events::list_events_after(db, EventId{latest.value - last_few}, everybody)) {
        text += event_line(event);
    }
    return text;
}

} // namespace

std::string everything_visible(const Site& site, std::uint64_t seed)
{
    Random random(seed);
    const auto lease = site.database.read();
    std::string text = queue(*lease, site.clock.now());
    text += filtered(site, *lease, random);
    text += own(site, *lease, random);
    text += details_of_some(site, *lease, random);
    text += told(site, *lease);
    text += directory(*lease, random);
    return text + history(*lease);
}

} // namespace model
