#include "events/position.hpp"

#include "base/text.hpp"
#include "events/event_row.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace events {

namespace {

/// PostgreSQL's pg_snapshot and the server it is of: transactions below `xmax` and not in `running` had ended.
struct Snapshot
{
    std::int64_t xmax = 0;
    /// Those below xmax that had not.
    std::vector<std::int64_t> running;
    /// When the server started, in seconds since 1970.
    std::int64_t server = 0;
};

// A server that starts after a crash, or takes over from one, may give the numbers of transactions that ended without a
// trace (undone, for instance) a second time. So what is as new as they may be is told again.
constexpr std::int64_t repeated_after_restart = 1000;

// "7,9"; empty for none.
std::optional<std::vector<std::int64_t>> parse_list(std::string_view text)
{
    std::vector<std::int64_t> numbers;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        const auto number = base::parse_integer(text.substr(0, comma));
        const bool ends_with_comma = comma + 1 == text.size();
        if (!number || ends_with_comma)
            return std::nullopt;
        numbers.push_back(*number);
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return numbers;
}

// "xmin:xmax:running:server"
std::optional<Snapshot> parse_snapshot(std::string_view text)
{
    std::array<std::string_view, 4> parts;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto colon = i + 1 < parts.size() ? text.find(':') : text.size();
        if (colon == std::string_view::npos)
            return std::nullopt;
        parts[i] = text.substr(0, colon);
        text.remove_prefix(std::min(colon + 1, text.size()));
    }
    const auto xmin = base::parse_integer(parts[0]);
    const auto xmax = base::parse_integer(parts[1]);
    const auto running = parse_list(parts[2]);
    const auto server = base::parse_integer(parts[3]);
    if (!xmin || !xmax || !running || !server)
        return std::nullopt;
    return Snapshot{.xmax = *xmax, .running = *running, .server = *server};
}

// One more than are told, to see that there are more.
constexpr std::size_t asked_for = most_new_events + 1;

std::optional<std::vector<Event>> unless_too_many(std::vector<Event> events)
{
    if (events.size() > most_new_events)
        return std::nullopt;
    return events;
}

std::optional<std::vector<Event>> list_after_id(db::Connection& db, std::string_view from, std::string_view to)
{
    const auto known = base::parse_integer(from);
    if (!known || *known > base::parse_integer(to).value_or(0))
        return std::nullopt;
    return unless_too_many(list_events_after(db, EventId{*known}, asked_for));
}

std::optional<std::vector<Event>> list_after_snapshot(db::Connection& db, std::string_view from, std::string_view to)
{
    const auto known = parse_snapshot(from);
    const auto now = parse_snapshot(to);
    if (!known || !now)
        return std::nullopt;
    const bool is_same_server = known->server == now->server;
    if (known->xmax > now->xmax + (is_same_server ? 0 : repeated_after_restart))
        return std::nullopt;
    const std::int64_t first =
        is_same_server ? known->xmax : std::max<std::int64_t>(known->xmax - repeated_after_restart, 0);
    const std::string running = fmt::format("{{{}}}", fmt::join(known->running, ","));
    // Found by transaction first and sorted then: by id, the planner might read the whole history in search of them.
    return unless_too_many(db::map_rows(db.query(R"(
        WITH new_events AS MATERIALIZED (
            SELECT id FROM service_event WHERE tx >= CAST($1 AS xid8)
            UNION ALL
            SELECT id FROM service_event WHERE tx = ANY (CAST($2 AS xid8[])) AND tx < CAST($1 AS xid8))
        SELECT e.id, e.subject, e.subject_id, e.actor_id, e.kind, e.visibility, e.before_value, e.after_value,
               e.comment_id, e.created_at, u.first_name, u.last_name, u.username, u.role
          FROM new_events JOIN service_event e ON e.id = new_events.id LEFT JOIN auth_user u ON u.id = e.actor_id
         ORDER BY e.id LIMIT $3)",
                                            std::to_string(first), running, asked_for),
        event_from_row));
}

} // namespace

std::string position_now(db::Connection& db)
{
    if (db.engine() == db::Engine::Sqlite)
        return std::to_string(latest_event(db).value);
    return db
        .query("SELECT CAST(pg_current_snapshot() AS TEXT) || ':' ||"
               " CAST(CAST(EXTRACT(EPOCH FROM pg_postmaster_start_time()) AS BIGINT) AS TEXT)")
        .first([](const db::Row& row) { return row.string(0); })
        .value();
}

std::optional<std::vector<Event>> list_new_events(db::Connection& db, std::string_view from, std::string_view to)
{
    if (from == to)
        return std::vector<Event>{};
    return db.engine() == db::Engine::Sqlite ? list_after_id(db, from, to) : list_after_snapshot(db, from, to);
}

void adopt_restored_events(db::Transaction& tx)
{
    db::Connection& db = tx;
    if (db.engine() == db::Engine::Postgres)
        tx.apply("UPDATE service_event SET tx = DEFAULT WHERE tx >= pg_snapshot_xmax(pg_current_snapshot())");
}

} // namespace events
