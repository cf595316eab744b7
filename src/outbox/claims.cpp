// Who sends which mail, and what came of it.

#include "outbox/outbox.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace outbox {

namespace {

constexpr db::Sql own_sql(R"(
        UPDATE service_mail
           SET state = $2, secret = '', attempts = attempts + 1, claimed_until = 0, ended_at = $3, server = $4,
               answer = $5
         WHERE id = $1 AND state = 'waiting')");
/// What a daily mail tells.
constexpr db::Sql told_sql(R"(
        UPDATE service_mail
           SET state = $2, secret = '', attempts = attempts + 1, claimed_until = 0, ended_at = $3, server = $4,
               answer = $5
         WHERE digest_id = $1 AND state = 'waiting')");

// Two nodes that claim at the same moment wait for each other's rows; the second one then finds them claimed.
constexpr db::Sql urgent_sql(R"(
        UPDATE service_mail SET claimed_until = $2
         WHERE state = 'waiting' AND due_at <= $1 AND claimed_until <= $1 AND digest_id IS NULL
           AND id IN (SELECT id FROM service_mail
                       WHERE state = 'waiting' AND occasion = '' AND due_at <= $1 AND claimed_until <= $1
                         AND digest_id IS NULL
                       ORDER BY due_at, id LIMIT $3)
        RETURNING id, kind, to_address, user_id, service_request_id, comment_id, language, secret, created_at, queued_at,
                  attempts, occasion)");
constexpr db::Sql due_sql(R"(
        UPDATE service_mail SET claimed_until = $2
         WHERE state = 'waiting' AND due_at <= $1 AND claimed_until <= $1 AND digest_id IS NULL
           AND id IN (SELECT id FROM service_mail
                       WHERE state = 'waiting' AND due_at <= $1 AND claimed_until <= $1 AND digest_id IS NULL
                       ORDER BY due_at, id LIMIT $3)
        RETURNING id, kind, to_address, user_id, service_request_id, comment_id, language, secret, created_at, queued_at,
                  attempts, occasion)");

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
        .attempts = row.integer(10),
        .occasion = row.string(11)};
}

struct End
{
    std::string_view state;
    const Answer& answer;
    base::Time at;
};

void note_end(db::Transaction& tx, MailId id, const End& end)
{
    for (const db::Sql which : {own_sql, told_sql})
        tx.apply(which, id, end.state, end.at, end.answer.server, end.answer.text);
}

} // namespace

std::size_t count_due(db::Connection& db, base::Time at, std::size_t most)
{
    return static_cast<std::size_t>(db.query(R"(
        SELECT COUNT(*)
          FROM (SELECT 1 FROM service_mail
                 WHERE state = 'waiting' AND due_at <= $1 AND claimed_until <= $1 AND digest_id IS NULL
                 LIMIT $2) AS due)",
                                          at, most)
                                        .integer());
}

std::vector<Claimed> add_claims(db::Transaction& tx, std::size_t limit, base::Time at, base::Time until)
{
    auto claimed = db::map_rows(tx.query(urgent_sql, at, until, limit), claimed_from_row);
    if (claimed.size() < limit) {
        auto others = db::map_rows(tx.query(due_sql, at, until, limit - claimed.size()), claimed_from_row);
        std::ranges::move(others, std::back_inserter(claimed));
    }
    return claimed;
}

bool is_urgent_due(db::Connection& db, base::Time at)
{
    return db.query(R"(
        SELECT COUNT(*)
          FROM (SELECT 1 FROM service_mail
                 WHERE state = 'waiting' AND occasion = '' AND due_at <= $1 AND claimed_until <= $1
                   AND digest_id IS NULL
                 LIMIT 1) AS due)",
                 at)
               .integer() > 0;
}

void end_claims(db::Transaction& tx, base::Time at)
{
    tx.apply("UPDATE service_mail SET claimed_until = 0 WHERE state = 'waiting' AND claimed_until > $1", at);
}

void end_claim(db::Transaction& tx, MailId id)
{
    tx.apply("UPDATE service_mail SET claimed_until = 0 WHERE id = $1 AND state = 'waiting'", id);
}

// A mail that a server may have seen keeps its time, and so its Message-ID.
void put_off(db::Transaction& tx, MailId id, base::Time due)
{
    tx.apply(R"(
        UPDATE service_mail
           SET due_at = $2, claimed_until = 0, queued_at = CASE WHEN answer = '' THEN CAST($2 AS BIGINT) ELSE queued_at END
         WHERE id = $1 AND state = 'waiting')",
        id, due);
}

// A node that claims the daily mail at this moment waits for its row here or is waited for: what is added is told.
bool add_to_digest(db::Transaction& tx, const Claimed& mail, base::Time due, base::Time at)
{
    const std::string cause = fmt::format("digest of user {} at {}", mail.user.value, base::to_millis(due));
    tx.apply(R"(
        INSERT INTO service_mail (kind, cause, to_address, user_id, language, created_at, queued_at, due_at, occasion)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $1)
        ON CONFLICT (cause, to_address) DO NOTHING)",
        kind_name(Kind::Digest), cause, mail.to_address, mail.user, mail.language, at, due);
    return tx.execute(R"(
        UPDATE service_mail SET due_at = due_at
         WHERE cause = $1 AND to_address = $2 AND state = 'waiting' AND claimed_until <= $3)",
               cause, mail.to_address, at) == 1 &&
           tx.execute(R"(
        UPDATE service_mail
           SET claimed_until = 0, due_at = $4, queued_at = $4,
               digest_id = (SELECT d.id FROM service_mail d WHERE d.cause = $2 AND d.to_address = $3)
         WHERE id = $1 AND state = 'waiting')",
               mail.id, cause, mail.to_address, due) == 1;
}

std::vector<Claimed> list_digest(db::Connection& db, MailId digest)
{
    return db::map_rows(db.query(R"(
        SELECT id, kind, to_address, user_id, service_request_id, comment_id, language, secret, created_at, queued_at,
               attempts, occasion
          FROM service_mail WHERE digest_id = $1
         ORDER BY id)",
                            digest),
        claimed_from_row);
}

// The daily mails go first: a mail is let go only when the one that would have told it is gone.
void end_putting_off(db::Transaction& tx, UserId user, base::Time at)
{
    tx.apply("DELETE FROM service_mail WHERE user_id = $1 AND kind = $2 AND state = 'waiting' AND claimed_until <= $3",
        user, kind_name(Kind::Digest), at);
    tx.apply(R"(
        DELETE FROM service_mail
         WHERE user_id = $1 AND state = 'waiting' AND claimed_until <= $2 AND occasion <> ''
           AND (digest_id IS NULL OR NOT EXISTS (SELECT 1 FROM service_mail d WHERE d.id = service_mail.digest_id))
           AND (EXISTS (SELECT 1 FROM service_notification_choice c
                         WHERE c.user_id = $1 AND c.occasion = service_mail.occasion AND c.mail = 0)
                OR EXISTS (SELECT 1 FROM service_notification_plan p WHERE p.user_id = $1 AND p.pace = 'never')))",
        user, at);
    tx.apply(R"(
        UPDATE service_mail
           SET digest_id = NULL, due_at = $2, queued_at = CASE WHEN answer = '' THEN CAST($2 AS BIGINT) ELSE queued_at END
         WHERE user_id = $1 AND state = 'waiting' AND claimed_until <= $2 AND occasion <> ''
           AND (digest_id IS NULL OR NOT EXISTS (SELECT 1 FROM service_mail d WHERE d.id = service_mail.digest_id)))",
        user, at);
}

void note_accepted(db::Transaction& tx, MailId id, const Answer& answer, base::Time at)
{
    note_end(tx, id, {"accepted", answer, at});
}

void note_given_up(db::Transaction& tx, MailId id, const Answer& answer, base::Time at)
{
    note_end(tx, id, {"given_up", answer, at});
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
