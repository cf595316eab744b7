#include "pages/desk/queue_view.hpp"

#include "accounts/account.hpp"
#include "base/error.hpp"
#include "pages/shared/emergencies/alarm_board.hpp"
#include "pages/shared/urls.hpp"
#include "queue/place.hpp"
#include "queue/queue.hpp"
#include "users/user.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <ranges>
#include <utility>

namespace pages::desk {

namespace {

using search::Sort;
using service_requests::Status;

std::string url_with(const shared::QueueQuery& query, std::string_view name, std::string_view value)
{
    return urls::desk_queue(query.with(name, value));
}

std::vector<Choice> status_choices(const shared::QueueQuery& query)
{
    const auto chosen = query.filter.status;
    // "Resolved today" is a view of its own: choosing a status leaves it.
    shared::QueueQuery any_day = query;
    any_day.resolved_today = false;
    return {{base::Text("Pending"), url_with(any_day, "status", "Pending"), chosen == Status::Pending},
        {base::Text("Resolved"), url_with(any_day, "status", "Resolved"), chosen == Status::Resolved},
        {base::Text("All"), url_with(any_day, "status", ""), !chosen}};
}

std::vector<Choice> sort_choices(const shared::QueueQuery& query)
{
    const search::Sort chosen = query.filter.sort;
    return {{base::Text("Newest first"), url_with(query, "sort", ""), chosen == search::Sort::Newest},
        {base::Text("Oldest first"), url_with(query, "sort", "oldest"), chosen == search::Sort::Oldest},
        {base::Text("Recently updated"), url_with(query, "sort", "updated"), chosen == search::Sort::Updated}};
}

std::vector<Choice> size_choices(const shared::QueueQuery& query)
{
    const std::size_t chosen = query.filter.page_size;
    return {{base::Text::verbatim("25"), urls::desk_queue(query.here_with("size", "")), chosen == 25},
        {base::Text::verbatim("50"), urls::desk_queue(query.here_with("size", "50")), chosen == 50},
        {base::Text::verbatim("100"), urls::desk_queue(query.here_with("size", "100")), chosen == 100}};
}

std::vector<TypeBox> type_boxes(const shared::QueueQuery& query, const RequestTypes& types)
{
    std::vector<TypeBox> boxes;
    for (const auto& type : types) {
        const bool is_chosen = std::find(query.types.begin(), query.types.end(), type.slug) != query.types.end();
        if (type.is_active || is_chosen)
            boxes.push_back({type.slug, request_types::in_words(type.name), is_chosen});
    }
    return boxes;
}

/// "See all" of the pinned ones, "Show them" of the bar and the side bar lead here.
bool is_list_of_emergencies(const shared::QueueQuery& query)
{
    return query.place() == web::Place::Emergencies && query.filter.search.empty() && !query.filter.from &&
           !query.filter.until;
}

std::string page_after(const shared::QueueQuery& query, const service_requests::ServiceRequest& last)
{
    const auto position = queue::position_after(query.filter.sort, last);
    return url_with(query, "at", fmt::format("{}.{}", position.sort_value, position.id.value));
}

/// Empty on the first page, and where no index walks back.
std::string page_before(web::Context& ctx, const shared::QueueQuery& query)
{
    const auto before = queue::list_before(ctx.db(), query.filter, query.filter.page_size);
    if (before.size() == query.filter.page_size)
        return page_after(query, before.back());
    const bool is_search_by_update = !query.filter.search.empty() && query.filter.sort == search::Sort::Updated;
    return query.filter.position && !is_search_by_update ? urls::desk_queue(query.text()) : "";
}

/// Who searches, filters or turns pages looks for something else: one line says that there are emergencies.
bool folds_emergencies(const shared::QueueQuery& query)
{
    return query.is_narrowed() || query.filter.position;
}

void fill_folded(QueueView& view, web::Context& ctx, const shared::QueueQuery& query)
{
    view.waiting = view.page.open_emergencies;
    view.folded_words = shared::folded_words(view.waiting);
    if (view.waiting == 0 || !query.is_narrowed())
        return;
    // The real number, and links to as many as the bar knows.
    constexpr std::size_t most_compared = 128;
    std::vector<ServiceRequestId> waiting;
    for (const auto& request : queue::list_waiting_emergencies(ctx.db(), most_compared))
        waiting.push_back(request.id);
    const auto matches = queue::list_matching(ctx.db(), query.filter, waiting);
    view.waiting_match_count = matches.size();
    for (const auto& request : matches | std::views::take(queue::most_waiting)) {
        view.waiting_matches.push_back(shared::queue_row(ctx.dates(), request));
        view.waiting_matches.back().url = urls::desk_request(request.id, urls::from_list(query.as_list()));
    }
}

base::Text found_words(std::size_t count)
{
    if (count == 0)
        return base::Text("No requests found");
    return base::Text::plural("1 request on this page", "{n} requests on this page", count);
}

void fill_rows(QueueView& view, web::Context& ctx, const shared::QueueQuery& query, FoundRequests requests)
{
    const shared::Source source{ctx.db(), ctx.dates()};
    const shared::RowsFor whom{.viewer = ctx.visitor().user_id, .list = query.as_list()};
    if (requests.size() > query.filter.page_size) {
        requests.resize(query.filter.page_size);
        view.next_page = page_after(query, requests.back());
    }
    view.previous_page = page_before(ctx, query);
    view.list = urls::from_list(whom.list);
    view.is_list_of_emergencies = is_list_of_emergencies(query);
    view.takes_emergencies = view.is_list_of_emergencies && query.filter.ringing != search::Ringing::CannotLeave &&
                             query.filter.sort == search::Sort::Newest && !query.filter.position;
    view.is_folded = !view.is_list_of_emergencies && folds_emergencies(query);
    view.keeps_emergencies =
        !view.is_list_of_emergencies && !view.is_folded && query.filter.status != service_requests::Status::Resolved;
    if (!view.is_list_of_emergencies && !view.is_folded)
        view.pinned = shared::pinned_emergencies(source, whom);
    view.is_empty = requests.empty();
    view.listed = std::ssize(requests);
    // Pinned ones stand on top already.
    std::erase_if(requests, [&](const auto& request) {
        return std::ranges::find(view.pinned.rows, request.id, &shared::QueueRow::id) != view.pinned.rows.end();
    });
    view.rows = shared::queue_rows(source, requests, whom);
    if (!query.filter.search.empty())
        view.say = found_words(view.rows.size());
}

/// How many there are is known without counting on most pages.
std::optional<queue::Found> found_of(web::Context& ctx, const QueueView& view, const shared::QueueQuery& query)
{
    if (!query.filter.position && view.next_page.empty())
        return queue::Found{.total = view.listed};
    if (!query.filter.position && query.here_with("sort", "") == "?status=Pending")
        return queue::Found{.total = view.page.open_requests};
    return queue::count_found(ctx.db(), query.filter);
}

/// The number of the side bar that the whole list has, too.
std::string_view follows(const QueueView& view, const shared::QueueQuery& query)
{
    if (query.is_narrowed())
        return "";
    if (view.page.place == web::Place::AllOpen)
        return "open";
    return view.page.place == web::Place::ResolvedToday ? "resolved" : "";
}

/// Where the page is in its list. What comes in while it is open changes the list, but not this line: where all are on
/// the page, or where the heading has the number that follows, it does not say how many there are.
base::Text range_of(const QueueView& view, const queue::Found& found)
{
    const bool changes = !view.follows.empty() || view.is_list_of_emergencies;
    if (view.listed == 0 || (changes && view.previous_page.empty() && view.next_page.empty()))
        return {};
    const auto first = found.before + 1;
    const auto last = found.before + view.listed;
    if (changes)
        return base::Text("{first} to {last}", {{"first", first}, {"last", last}});
    return base::Text("{first} to {last} of {total}", {{"first", first}, {"last", last}, {"total", found.total}});
}

/// Of the place in the side bar; nothing where it shows no number.
std::optional<std::int64_t> whole_of(const QueueView& view)
{
    if (view.page.place == web::Place::AllOpen)
        return view.page.open_requests;
    if (view.page.place == web::Place::ResolvedToday)
        return view.page.resolved_today;
    return std::nullopt;
}

void fill_counts(QueueView& view, web::Context& ctx, const shared::QueueQuery& query)
{
    const auto found = found_of(ctx, view, query);
    view.follows = follows(view, query);
    if (!found || found->total > queue::most_counted) {
        view.total = found ? base::Text("more than 1,000") : base::Text();
        if (!query.filter.position)
            view.range = base::Text("The first {n}", {{"n", view.listed}});
        return;
    }
    const auto whole = query.is_narrowed() ? whole_of(view) : std::nullopt;
    view.total = whole ? base::Text("{n} of {total}", {{"n", found->total}, {"total", *whole}})
                       : base::Text::verbatim(std::to_string(found->total));
    view.range = range_of(view, *found);
}

/// Names of the chosen types, in the order of the list of types.
std::string names_of(const i18n::Language& language, const std::vector<TypeBox>& types)
{
    std::string names;
    for (const TypeBox& type : types) {
        if (type.is_chosen)
            names += (names.empty() ? "" : ", ") + language.say(type.name);
    }
    return names;
}

base::Text dates_of(const i18n::Dates& dates, const search::Filter& filter)
{
    const std::string first = filter.from ? dates.day(*filter.from) : "";
    const std::string last = filter.until ? dates.day(*filter.until - std::chrono::milliseconds(1)) : "";
    if (first.empty() && last.empty())
        return {};
    if (first == last)
        return base::Text::verbatim(first);
    if (last.empty())
        return base::Text("since {date}", {{"date", first}});
    if (first.empty())
        return base::Text("until {date}", {{"date", last}});
    return base::Text("{first} to {last}", {{"first", first}, {"last", last}});
}

void fill_chips(QueueView& view, const i18n::Dates& dates, const shared::QueueQuery& query)
{
    shared::QueueQuery rest = query;
    view.type_chip = {.name = base::Text("Type"),
        .value = base::Text::verbatim(names_of(dates.language(), view.types)),
        .clear_url = url_with(query, "type", "")};
    rest.from.clear();
    rest.until.clear();
    view.date_chip = {.name = base::Text("Submitted"),
        .value = dates_of(dates, query.filter),
        .clear_url = urls::desk_queue(rest.text())};
    view.search_chip = {.name = base::Text("Search"),
        .value = base::Text::verbatim(query.filter.search),
        .clear_url = url_with(query, "q", "")};
    rest.filter.search.clear();
    rest.filter.user = {};
    rest.filter.account = {};
    rest.filter.ringing = search::Ringing::Any;
    if (query.place() != web::Place::Emergencies)
        rest.types.clear();
    view.clear_url = urls::desk_queue(rest.text());
    view.has_filter = query.is_narrowed();
}

/// "Search results" does not say which list was searched.
void fill_list_chip(QueueView& view, const shared::QueueQuery& query)
{
    const std::string all = query.of_all_requests().text();
    if (!query.filter.search.empty() && all != query.text())
        view.list_chip = {.name = base::Text("List"), .value = query.list_name(), .clear_url = urls::desk_queue(all)};
}

/// Where nothing matches: the words alone may find something.
void fill_way_to_all(QueueView& view, const shared::QueueQuery& query)
{
    shared::QueueQuery words;
    words.filter.search = query.filter.search;
    words.filter.sort = query.filter.sort;
    words.filter.page_size = query.filter.page_size;
    const bool has_more = !words.filter.search.empty() && words.text() != query.text();
    view.all_words = has_more ? base::Text("Search all requests") : base::Text("Show all requests");
    view.all_url = urls::desk_queue(has_more ? words.text() : "");
}

void fill_alarm_chip(QueueView& view, const shared::QueueQuery& query)
{
    if (query.filter.ringing == search::Ringing::Any)
        return;
    const bool is_any = query.filter.ringing == search::Ringing::Yes;
    view.alarm = is_any ? "ringing" : "cannot-leave";
    view.alarm_chip = {.name = base::Text("Alarm"),
        .value = is_any ? base::Text("Nobody has it") : base::Text("Nobody has it, and a person can’t leave"),
        .clear_url = url_with(query, "alarm", "")};
}

/// Whose requests they are. A name costs a question, which only such a list asks.
void fill_owner_chip(QueueView& view, web::Context& ctx, const shared::QueueQuery& query)
{
    const search::Filter& filter = query.filter;
    const auto name_or_none = [](auto&& name) {
        try {
            return base::Text::verbatim(name());
        } catch (const base::NotFound&) {
            return base::Text("not found");
        }
    };
    if (filter.user) {
        view.user = std::to_string(filter.user.value);
        view.owner_chip = {.name = base::Text("Customer"),
            .value = name_or_none([&] { return users::get_user(ctx.db(), filter.user).full_name(); }),
            .clear_url = url_with(query, "user", "")};
    }
    if (filter.account) {
        view.account = std::to_string(filter.account.value);
        view.owner_chip = {.name = base::Text("Account"),
            .value = name_or_none([&] { return accounts::get_account_number(ctx.db(), filter.account); }),
            .clear_url = url_with(query, "account", "")};
    }
}

void fill_filter(QueueView& view, const shared::QueueQuery& query, const RequestTypes& types)
{
    view.heading = query.heading();
    view.notes = query.notes();
    view.statuses = status_choices(query);
    view.types = type_boxes(query, types);
    view.sorts = sort_choices(query);
    view.sizes = size_choices(query);
    view.sort_label =
        std::find_if(view.sorts.begin(), view.sorts.end(), [](const Choice& c) { return c.is_chosen; })->label;
    view.status = query.filter.status ? service_requests::status_name(*query.filter.status) : "";
    view.sort = query.filter.sort == search::Sort::Newest   ? ""
                : query.filter.sort == search::Sort::Oldest ? "oldest"
                                                            : "updated";
    view.size = query.filter.page_size == 25 ? "" : std::to_string(query.filter.page_size);
    view.resolved = query.resolved_today ? "today" : "";
    view.from = query.from;
    view.until = query.until;
    view.search = query.filter.search;
    view.export_url = urls::desk_export(query.text());
    view.xlsx_url = view.export_url + (query.text().empty() ? "?" : "&") + "format=xlsx";
    view.first_page = query.filter.position ? urls::desk_queue(query.text()) : "";
}

} // namespace

QueueView queue_view(web::Context& ctx, const shared::QueueQuery& query, const RequestTypes& types, FoundRequests found)
{
    QueueView view;
    fill_filter(view, query, types);
    fill_chips(view, ctx.dates(), query);
    fill_list_chip(view, query);
    fill_way_to_all(view, query);
    fill_owner_chip(view, ctx, query);
    fill_alarm_chip(view, query);
    fill_rows(view, ctx, query, std::move(found));
    view.page = ctx.page(view.heading, query.place());
    fill_counts(view, ctx, query);
    if (view.is_folded)
        fill_folded(view, ctx, query);
    if (view.is_list_of_emergencies)
        view.emergency_words = shared::emergency_words(view.page.open_emergencies, view.page.all_emergencies);
    view.page.search = query.filter.search;
    view.page.live_topics += fmt::format("{} queue:{}", view.is_folded ? "" : " pinned", query.text());
    return view;
}

} // namespace pages::desk
