#include "pages/shared/queue_query.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/url_encoding.hpp"

#include <algorithm>
#include <charconv>

namespace pages::shared {

namespace {

using search::Sort;

constexpr std::size_t longest_search = 200;

std::string_view sort_name(search::Sort sort)
{
    switch (sort) {
    case search::Sort::Oldest:
        return "oldest";
    case search::Sort::Updated:
        return "updated";
    case search::Sort::Newest:
        break;
    }
    return "";
}

/// What nothing of ours makes: the page goes on without it and says so.
void ignore(QueueQuery& query, base::Text reason)
{
    if (std::find(query.ignored.begin(), query.ignored.end(), reason) == query.ignored.end())
        query.ignored.push_back(std::move(reason));
}

void read_status(QueueQuery& query, std::string_view value)
{
    for (const auto status : {service_requests::Status::Pending, service_requests::Status::Resolved}) {
        if (base::fold(value) == base::fold(service_requests::status_name(status))) {
            query.filter.status = status;
            return;
        }
    }
    // A form sends no status for all of them; people type it.
    if (base::fold(value) != "all")
        ignore(query, base::Text("The status in this web address is not one we use: choose Pending or Resolved."));
}

void read_type(QueueQuery& query, const std::vector<request_types::RequestType>& types, std::string_view value)
{
    const std::string folded = base::fold(value);
    const auto found = std::find_if(types.begin(), types.end(),
        [&](const auto& type) { return type.slug == folded || base::fold(type.name) == folded; });
    if (found == types.end()) {
        ignore(query, base::Text("The request type in this web address is not one we use."));
        return;
    }
    if (std::find(query.types.begin(), query.types.end(), found->slug) != query.types.end())
        return;
    query.filter.types.push_back(found->id);
    query.types.push_back(found->slug);
}

/// The day, and the text that the form shows of it.
std::optional<base::Date> read_date(QueueQuery& query, std::string& text, std::string_view value)
{
    base::Date date;
    if (!base::parse_date(base::trim(value), date)) {
        ignore(query, base::Text("The date in this web address is not a calendar day, such as 2026-11-16."));
        return std::nullopt;
    }
    text = base::trim(value);
    return date;
}

void read_resolved(QueueQuery& query, std::string_view value)
{
    if (base::fold(value) == "today")
        query.resolved_today = true;
    else
        ignore(query, base::Text("The day in this web address is not one we use: only today."));
}

std::string_view ringing_name(search::Ringing ringing)
{
    switch (ringing) {
    case search::Ringing::Yes:
        return "ringing";
    case search::Ringing::CannotLeave:
        return "cannot-leave";
    case search::Ringing::Any:
        break;
    }
    return "";
}

void read_alarm(QueueQuery& query, std::string_view value)
{
    const std::string folded = base::fold(value);
    for (const search::Ringing ringing : {search::Ringing::Yes, search::Ringing::CannotLeave}) {
        if (folded == ringing_name(ringing)) {
            query.filter.ringing = ringing;
            return;
        }
    }
    ignore(query, base::Text("The alarm in this web address is not one we use: ringing or cannot-leave."));
}

void read_sort(QueueQuery& query, std::string_view value)
{
    const std::string folded = base::fold(value);
    for (const search::Sort sort : {search::Sort::Newest, search::Sort::Oldest, search::Sort::Updated}) {
        if (folded == sort_name(sort) || (sort == search::Sort::Newest && folded == "newest")) {
            query.filter.sort = sort;
            return;
        }
    }
    ignore(query, base::Text("The order in this web address is not one we use: newest, oldest or updated."));
}

void read_size(QueueQuery& query, std::string_view value)
{
    if (value == "25" || value == "50" || value == "100")
        query.filter.page_size = static_cast<std::size_t>(base::parse_integer(value).value());
    else
        ignore(query, base::Text("The number of rows in this web address is not one we use: 25, 50 or 100."));
}

void read_position(QueueQuery& query, std::string_view value)
{
    const auto dot = value.find('.');
    const auto sort_value = base::parse_integer(value.substr(0, dot));
    const auto id = dot == std::string_view::npos ? std::nullopt : base::parse_integer(value.substr(dot + 1));
    if (sort_value && id)
        query.filter.position = {.sort_value = *sort_value, .id = ServiceRequestId{*id}};
    else
        ignore(query, base::Text("The position in this web address is not one we use: this is the first page."));
}

void read_search(QueueQuery& query, std::string_view value)
{
    const std::string_view kept = base::first_code_points(base::trim(value), longest_search);
    query.is_cut = kept.size() < base::trim(value).size();
    query.filter.search = base::trim(kept);
}

void read_dates(QueueQuery& query, const base::Zone& zone, std::string_view name, std::string_view value)
{
    if (name == "from") {
        if (const auto day = read_date(query, query.from, value))
            query.filter.from = zone.start_of_day(*day);
    } else if (const auto day = read_date(query, query.until, value)) {
        query.filter.until = zone.start_of_day_after(zone.start_of_day(*day), 1);
    }
}

/// Whose requests; zero, which is everybody's, for what no link of ours has.
template <typename Id>
Id read_id(QueueQuery& query, std::string_view value)
{
    const auto id = base::parse_integer(value);
    if (!id)
        ignore(query, base::Text("The person or account in this web address is not one we use."));
    return Id{id.value_or(0)};
}

std::string id_text(std::int64_t id)
{
    return id == 0 ? std::string() : std::to_string(id);
}

void append(std::string& text, std::string_view name, std::string_view value)
{
    if (value.empty())
        return;
    text += text.empty() ? '?' : '&';
    text += name;
    text += '=';
    base::append_percent_encoded(text, value);
}

} // namespace

QueueQuery read_any_queue_query(const QueryFields& fields, const std::vector<request_types::RequestType>& types,
    const base::Zone& zone, base::Time now)
{
    QueueQuery query;
    for (const auto& [name, value] : fields) {
        if (value.empty())
            continue;
        if (name == "status")
            read_status(query, value);
        else if (name == "type")
            read_type(query, types, value);
        else if (name == "q")
            read_search(query, value);
        else if (name == "user")
            query.filter.user = read_id<UserId>(query, value);
        else if (name == "account")
            query.filter.account = read_id<AccountId>(query, value);
        else if (name == "from" || name == "until")
            read_dates(query, zone, name, value);
        else if (name == "resolved")
            read_resolved(query, value);
        else if (name == "alarm")
            read_alarm(query, value);
        else if (name == "sort")
            read_sort(query, value);
        else if (name == "size")
            read_size(query, value);
        else if (name == "at")
            read_position(query, query.at = value);
    }
    if (query.resolved_today)
        query.filter.resolved_from = zone.start_of_day(now);
    return query;
}

QueueQuery read_queue_query(const QueryFields& fields, const std::vector<request_types::RequestType>& types,
    const base::Zone& zone, base::Time now)
{
    QueueQuery query = read_any_queue_query(fields, types, zone, now);
    if (!query.ignored.empty())
        throw base::BadRequest(query.ignored.front());
    return query;
}

std::vector<base::Text> QueueQuery::notes() const
{
    std::vector<base::Text> notes = ignored;
    if (is_cut)
        notes.push_back(base::Text("A search can have 200 characters at most. We searched for the first 200."));
    if (filter.from && filter.until && *filter.from >= *filter.until)
        notes.push_back(
            base::Text("The first day is after the last day, so no request can match. Swap the two dates."));
    return notes;
}

std::string QueueQuery::with(std::string_view name, std::string_view value) const
{
    QueueQuery first_page = *this;
    first_page.at.clear();
    return first_page.here_with(name, value);
}

std::string QueueQuery::here_with(std::string_view name, std::string_view value) const
{
    const auto pick = [&](std::string_view key, std::string_view own) { return key == name ? value : own; };
    std::string text;
    append(text, "status", pick("status", filter.status ? service_requests::status_name(*filter.status) : ""));
    if (name == "type") {
        append(text, "type", value);
    } else {
        for (const std::string& slug : types)
            append(text, "type", slug);
    }
    append(text, "q", pick("q", filter.search));
    append(text, "user", pick("user", id_text(filter.user.value)));
    append(text, "account", pick("account", id_text(filter.account.value)));
    append(text, "from", pick("from", from));
    append(text, "until", pick("until", until));
    append(text, "resolved", pick("resolved", resolved_today ? "today" : ""));
    append(text, "alarm", pick("alarm", ringing_name(filter.ringing)));
    append(text, "sort", pick("sort", sort_name(filter.sort)));
    append(text, "size", pick("size", filter.page_size == 25 ? "" : std::to_string(filter.page_size)));
    append(text, "at", pick("at", at));
    return text;
}

std::string QueueQuery::text() const
{
    return with("at", "");
}

std::string QueueQuery::as_list() const
{
    const std::string list = here_with("", "");
    return list.empty() ? "?" : list;
}

web::Place QueueQuery::place() const
{
    if (resolved_today)
        return web::Place::ResolvedToday;
    if (filter.status == service_requests::Status::Pending)
        return types == std::vector<std::string>{"gas-leak"} ? web::Place::Emergencies : web::Place::AllOpen;
    return web::Place::AllRequests;
}

base::Text QueueQuery::list_name() const
{
    switch (place()) {
    case web::Place::ResolvedToday:
        return base::Text("Resolved today");
    case web::Place::Emergencies:
        return base::Text("Emergencies");
    case web::Place::AllOpen:
        return base::Text("All open");
    default:
        return filter.status == service_requests::Status::Resolved ? base::Text("Resolved")
                                                                   : base::Text("All requests");
    }
}

base::Text QueueQuery::heading() const
{
    return filter.search.empty() ? list_name() : base::Text("Search results");
}

QueueQuery QueueQuery::of_all_requests() const
{
    QueueQuery all = *this;
    if (place() == web::Place::Emergencies) {
        all.types.clear();
        all.filter.types.clear();
    }
    all.resolved_today = false;
    all.filter.status.reset();
    return all;
}

bool QueueQuery::is_narrowed() const
{
    const bool has_types = !types.empty() && place() != web::Place::Emergencies;
    return has_types || filter.ringing != search::Ringing::Any || filter.user || filter.account ||
           !filter.search.empty() || filter.from || filter.until;
}

QueryFields split_query(std::string_view text)
{
    if (text.starts_with('?'))
        text.remove_prefix(1);
    return base::decode_form(text);
}

} // namespace pages::shared
