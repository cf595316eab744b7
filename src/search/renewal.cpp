#include "search/renewal.hpp"

#include "search/index.hpp"
#include "search/words.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace search {

namespace {

// As many take a few milliseconds.
constexpr std::size_t renewed_at_once = 20;
constexpr std::size_t sqlite_chunk = 100;
constexpr std::size_t postgres_chunk = 1;

constexpr std::string_view of_user = "user";
constexpr std::string_view of_account = "account";

struct Waiting
{
    std::string subject;
    std::int64_t subject_id = 0;
    std::int64_t before_id = 0;
    std::int64_t round = 0;
};

/// Newest first.
std::vector<ServiceRequestId> list_before(db::Connection& db, const Waiting& waiting, std::size_t limit)
{
    const auto id_from_row = [](const db::Row& row) { return row.id<ServiceRequestId>(0); };
    if (waiting.subject == of_user)
        return db::map_rows(
            db.query("SELECT id FROM service_servicerequest WHERE user_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
                waiting.subject_id, waiting.before_id, limit),
            id_from_row);
    return db::map_rows(
        db.query("SELECT id FROM service_servicerequest WHERE account_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
            waiting.subject_id, waiting.before_id, limit),
        id_from_row);
}

void renew_or_wait(db::Transaction& tx, std::string_view subject, std::int64_t subject_id)
{
    const Waiting all{.subject = std::string(subject),
        .subject_id = subject_id,
        .before_id = std::numeric_limits<std::int64_t>::max()};
    const auto ids = list_before(tx, all, renewed_at_once + 1);
    if (ids.size() <= renewed_at_once) {
        for (const ServiceRequestId id : ids)
            update_search_words(tx, id);
        return;
    }
    tx.apply(R"(
        INSERT INTO service_search_renewal (subject, subject_id, before_id) VALUES ($1, $2, $3)
        ON CONFLICT (subject, subject_id) DO UPDATE SET before_id = $3, round = service_search_renewal.round + 1)",
        subject, subject_id, all.before_id);
}

} // namespace

void update_search_words_of_user(db::Transaction& tx, UserId user)
{
    renew_or_wait(tx, of_user, user.value);
}

void update_search_words_of_account(db::Transaction& tx, AccountId account)
{
    renew_or_wait(tx, of_account, account.value);
}

bool has_words_to_renew(db::Connection& db)
{
    return db.query("SELECT COUNT(*) FROM service_search_renewal").integer() != 0;
}

void renew_search_words(db::Transaction& tx)
{
    const auto waiting = tx.query("SELECT subject, subject_id, before_id, round FROM service_search_renewal"
                                  " ORDER BY subject, subject_id LIMIT 1")
                             .first([](const db::Row& row) {
                                 return Waiting{.subject = row.string(0),
                                     .subject_id = row.integer(1),
                                     .before_id = row.integer(2),
                                     .round = row.integer(3)};
                             });
    if (!waiting)
        return;
    const std::size_t chunk = tx.engine() == db::Engine::Sqlite ? sqlite_chunk : postgres_chunk;
    const auto ids = list_before(tx, *waiting, chunk);
    for (const ServiceRequestId id : ids) {
        hold_words(tx, id);
        update_search_words(tx, id);
    }
    // Of another round: the user or the account changed meanwhile, and all begin anew.
    if (ids.size() < chunk)
        tx.apply("DELETE FROM service_search_renewal WHERE subject = $1 AND subject_id = $2 AND round = $3",
            waiting->subject, waiting->subject_id, waiting->round);
    else
        tx.apply(
            "UPDATE service_search_renewal SET before_id = $4 WHERE subject = $1 AND subject_id = $2 AND round = $3",
            waiting->subject, waiting->subject_id, waiting->round, ids.back().value);
}

bool waits_for_renewal(db::Connection& db, ServiceRequestId id)
{
    return db.query(R"(
        SELECT COUNT(*) FROM service_search_renewal w JOIN service_servicerequest r ON r.id = $1
         WHERE r.id < w.before_id AND ((w.subject = 'user' AND w.subject_id = r.user_id)
                                       OR (w.subject = 'account' AND w.subject_id = r.account_id)))",
                 id)
               .integer() != 0;
}

} // namespace search
