#include "outbox/list.hpp"

#include "base/error.hpp"

#include <array>
#include <cstdint>

namespace outbox {

namespace {

constexpr std::array state_names{
    std::string_view("waiting"), std::string_view("accepted"), std::string_view("given_up")};

Listed listed_from_row(const db::Row& row)
{
    return {.id = row.id<MailId>(0),
        .kind = parse_kind(row.text(1)),
        .to_address = row.string(2),
        .user = row.id<UserId>(3),
        .service_request = row.id<ServiceRequestId>(4),
        .created_at = row.time(5),
        .queued_at = row.time(6),
        .state = parse_state(row.text(7)).value_or(State::Waiting),
        .attempts = row.integer(8),
        .due_at = row.time(9),
        .ended_at = row.optional_time(10),
        .server = row.string(11),
        .answer = row.string(12)};
}

} // namespace

std::string_view state_name(State state)
{
    return state_names.at(static_cast<std::size_t>(state));
}

std::optional<State> parse_state(std::string_view name)
{
    for (const State state : {State::Waiting, State::Accepted, State::GivenUp}) {
        if (state_name(state) == name)
            return state;
    }
    return std::nullopt;
}

std::vector<Listed> list_mail_of(db::Connection& db, ServiceRequestId service_request)
{
    return db::map_rows(db.query(R"(
        SELECT id, kind, to_address, user_id, service_request_id, created_at, queued_at, state, attempts, due_at,
               ended_at, server, answer
          FROM service_mail WHERE service_request_id = $1
         ORDER BY id DESC LIMIT $2)",
                            service_request, most_of_request),
        listed_from_row);
}

std::vector<Listed> list_mail(db::Connection& db, const Filter& filter)
{
    db::SqlBuilder sql(R"(
        SELECT id, kind, to_address, user_id, service_request_id, created_at, queued_at, state, attempts, due_at,
               ended_at, server, answer
          FROM service_mail WHERE id < )");
    sql.bind(filter.before ? filter.before.value : INT64_MAX);
    if (filter.state)
        sql.add(" AND state = ").bind(state_name(*filter.state));
    sql.add(" ORDER BY id DESC LIMIT ").bind(page_size + 1);
    return db::map_rows(db.query(sql), listed_from_row);
}

Listed get_mail(db::Connection& db, MailId id)
{
    auto found = db.query(R"(
        SELECT id, kind, to_address, user_id, service_request_id, created_at, queued_at, state, attempts, due_at,
               ended_at, server, answer
          FROM service_mail WHERE id = $1)",
                       id)
                     .first(listed_from_row);
    if (!found)
        throw base::NotFound("no such mail");
    return *std::move(found);
}

Figures count_mail(db::Connection& db, base::Time now)
{
    constexpr std::chrono::hours week{24 * 7};
    Figures figures;
    figures = db.query("SELECT COUNT(*), MIN(queued_at) FROM service_mail WHERE state = 'waiting'")
                  .first([](const db::Row& row) {
                      return Figures{.waiting = row.integer(0), .oldest = row.optional_time(1)};
                  })
                  .value_or(Figures());
    figures.given_up = db.query("SELECT COUNT(*) FROM service_mail WHERE state <> 'waiting' AND state = 'given_up' AND"
                                " ended_at > $1",
                             base::Time(now - week))
                           .integer();
    figures.last_error = db.query(R"(
        SELECT server, answer FROM service_mail WHERE state = 'waiting' AND answer <> '' ORDER BY id DESC LIMIT 1)")
                             .first([](const db::Row& row) { return row.string(0) + ": " + row.string(1); })
                             .value_or("");
    return figures;
}

} // namespace outbox
