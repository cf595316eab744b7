// Who sends which mail, and what came of it.

#include "outbox/outbox.hpp"

#include <array>

namespace outbox {

namespace {

Claimed claimed_from_row(const db::Row& row)
{
    return {.id = row.id<MailId>(0),
        .kind = parse_kind(row.text(1)),
        .to_address = row.string(2),
        .user = row.id<UserId>(3),
        .service_request = row.id<ServiceRequestId>(4),
        .comment = row.id<CommentId>(5),
        .language = row.string(6),
        .secret = row.string(7),
        .created_at = row.time(8),
        .queued_at = row.time(9),
        .attempts = row.integer(10)};
}

} // namespace

std::size_t count_due(db::Connection& db, base::Time at, std::size_t most)
{
    return static_cast<std::size_t>(db.query(R"(
        SELECT COUNT(*)
          FROM (SELECT 1 FROM service_mail WHERE state = 'waiting' AND due_at <= $1 AND claimed_until <= $1
                 LIMIT $2) AS due)",
                                          at, most)
                                        .integer());
}

// Two nodes that claim at the same moment wait for each other's rows; the second one then finds them claimed.
std::vector<Claimed> add_claims(db::Transaction& tx, std::size_t limit, base::Time at, base::Time until)
{
    return db::map_rows(tx.query(R"(
        UPDATE service_mail SET claimed_until = $2
         WHERE state = 'waiting' AND due_at <= $1 AND claimed_until <= $1
           AND id IN (SELECT id FROM service_mail
                       WHERE state = 'waiting' AND due_at <= $1 AND claimed_until <= $1
                       ORDER BY due_at, id LIMIT $3)
        RETURNING id, kind, to_address, user_id, service_request_id, comment_id, language, secret, created_at, queued_at,
                  attempts)",
                            at, until, limit),
        claimed_from_row);
}

void end_claims(db::Transaction& tx, base::Time at)
{
    tx.apply("UPDATE service_mail SET claimed_until = 0 WHERE state = 'waiting' AND claimed_until > $1", at);
}

void end_claim(db::Transaction& tx, MailId id)
{
    tx.apply("UPDATE service_mail SET claimed_until = 0 WHERE id = $1 AND state = 'waiting'", id);
}

void note_accepted(db::Transaction& tx, MailId id, const Answer& answer, base::Time at)
{
    tx.apply(R"(
        UPDATE service_mail
           SET state = 'accepted', secret = '', attempts = attempts + 1, claimed_until = 0, ended_at = $2, server = $3,
               answer = $4
         WHERE id = $1 AND state = 'waiting')",
        id, at, answer.server, answer.text);
}

void note_given_up(db::Transaction& tx, MailId id, const Answer& answer, base::Time at)
{
    tx.apply(R"(
        UPDATE service_mail
           SET state = 'given_up', secret = '', attempts = attempts + 1, claimed_until = 0, ended_at = $2, server = $3,
               answer = $4
         WHERE id = $1 AND state = 'waiting')",
        id, at, answer.server, answer.text);
}

void note_later(db::Transaction& tx, MailId id, const Answer& answer, const Later& later)
{
    tx.apply(R"(
        UPDATE service_mail
           SET attempts = attempts + $5, claimed_until = 0, due_at = $2, server = $3, answer = $4
         WHERE id = $1 AND state = 'waiting')",
        id, later.due, answer.server, answer.text, later.counts == Counts::Attempt ? 1 : 0);
}

base::Time next_attempt(base::Time at, std::int64_t attempts)
{
    using std::chrono::minutes;
    constexpr std::array pauses{
        minutes(1), minutes(5), minutes(15), minutes(60), minutes(3 * 60), minutes(6 * 60), minutes(12 * 60)};
    const auto step = static_cast<std::size_t>(attempts < 1 ? 0 : attempts - 1);
    return at + pauses.at(step < pauses.size() ? step : pauses.size() - 1);
}

std::int64_t remove_old_mail(db::Transaction& tx, base::Time at, std::int64_t limit)
{
    return tx.execute(R"(
        DELETE FROM service_mail
         WHERE id IN (SELECT id FROM service_mail WHERE state <> 'waiting' AND ended_at < $1 ORDER BY ended_at LIMIT $2))",
        base::Time(at - longest_kept), limit);
}

} // namespace outbox
