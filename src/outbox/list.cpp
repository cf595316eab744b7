#include "outbox/list.hpp"

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
        .answer = row.string(12),
        .again_to = row.string(13),
        .is_in_digest = !row.is_null(14)};
}

// A mail about a service request goes to the email that its customer has now. Each one is repeated once to an address:
// then there is a newer one.
constexpr const char* listed_sql = R"(
    SELECT m.id, m.kind, m.to_address, m.user_id, m.service_request_id, m.created_at, m.queued_at, m.state, m.attempts,
           m.due_at, m.ended_at, m.server, m.answer,
           CASE WHEN m.state = 'waiting' OR EXISTS (SELECT 1 FROM service_mail n
                                                     WHERE n.cause = 'again ' || m.id AND n.to_address = m.again_to)
                THEN '' ELSE m.again_to END,
           m.digest_id
      FROM (SELECT o.*, CASE WHEN o.service_request_id IS NOT NULL AND u.is_active = 1 AND u.email <> '' THEN u.email
                             ELSE o.to_address END AS again_to
              FROM service_mail o LEFT JOIN auth_user u ON u.id = o.user_id) m)";

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
    db::SqlBuilder sql(listed_sql);
    sql.add(" WHERE m.service_request_id = ").bind(service_request.value);
    sql.add(" ORDER BY m.id DESC LIMIT ").bind(most_of_request);
    return db::map_rows(db.query(sql), listed_from_row);
}

std::vector<Listed> list_mail(db::Connection& db, const Filter& filter)
{
    db::SqlBuilder sql(listed_sql);
    sql.add(" WHERE m.id < ").bind(filter.before ? filter.before.value : INT64_MAX);
    if (filter.state)
        sql.add(" AND m.state = ").bind(state_name(*filter.state));
    sql.add(" ORDER BY m.id DESC LIMIT ").bind(page_size + 1);
    return db::map_rows(db.query(sql), listed_from_row);
}

std::optional<Listed> find_mail(db::Connection& db, MailId id)
{
    db::SqlBuilder sql(listed_sql);
    sql.add(" WHERE m.id = ").bind(id.value);
    return db.query(sql).first(listed_from_row);
}

Figures count_mail(db::Connection& db, base::Time now)
{
    constexpr std::chrono::hours week{24 * 7};
    Figures figures;
    figures = db.query(R"(
        SELECT COUNT(*), MIN(CASE WHEN queued_at <= $1 THEN queued_at END)
          FROM service_mail WHERE state = 'waiting' AND digest_id IS NULL)",
                    now)
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
