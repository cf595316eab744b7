#include "commands/import_django/ledger.hpp"

#include "commands/commands.hpp"
#include "server/opening/site_state.hpp"

#include <fmt/format.h>

#include <array>

namespace commands::import_django {

namespace {

struct Identity
{
    std::string_view table;
    db::Sql highest;
};
constexpr std::array identities{
    Identity{"auth_user", "SELECT COALESCE(MAX(id), 0) FROM auth_user"},
    Identity{"service_account", "SELECT COALESCE(MAX(id), 0) FROM service_account"},
    Identity{"service_request_type", "SELECT COALESCE(MAX(id), 0) FROM service_request_type"},
    Identity{"service_servicerequest", "SELECT COALESCE(MAX(id), 0) FROM service_servicerequest"},
    Identity{"service_comment", "SELECT COALESCE(MAX(id), 0) FROM service_comment"},
    Identity{"service_notification", "SELECT COALESCE(MAX(id), 0) FROM service_notification"},
    Identity{"service_attachment", "SELECT COALESCE(MAX(id), 0) FROM service_attachment"},
};

} // namespace

std::optional<Known> find_known(const Target& target, std::string_view subject, std::int64_t source_id)
{
    if (target.db == nullptr)
        return std::nullopt;
    return target.db
        ->query("SELECT target_id, digest, version FROM import_row WHERE subject = $1 AND source_id = $2", subject,
            source_id)
        .first([](const db::Row& row) {
            return Known{.target_id = row.integer(0), .digest = row.integer(1), .version = row.integer(2)};
        });
}

void remember(db::Transaction& tx, std::string_view subject, std::int64_t source_id, const Known& known)
{
    tx.apply(R"(
        INSERT INTO import_row (subject, source_id, target_id, digest, version) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (subject, source_id) DO UPDATE SET digest = excluded.digest, version = excluded.version)",
        subject, source_id, known.target_id, known.digest, known.version);
}

std::int64_t count_known(const Target& target, std::string_view subject)
{
    if (target.db == nullptr)
        return 0;
    return target.db->query("SELECT COUNT(*) FROM import_row WHERE subject = $1", subject).integer();
}

void refuse_other_contents(const Target& target, std::string_view fingerprint)
{
    if (target.db == nullptr)
        return;
    const auto before = target.db->query("SELECT fingerprint FROM import_source").first([](const db::Row& row) {
        return row.string(0);
    });
    if (before && *before != fingerprint)
        throw Refused("the database has rows of another Django site; import this one into a database of its own "
                      "(--database-url and --data-dir), nothing was changed");
    if (!before)
        refuse_people(*target.db);
}

void refuse_people(db::Connection& db)
{
    const std::int64_t people = db.query("SELECT COUNT(*) FROM auth_user").integer();
    if (people > 0)
        throw Refused(fmt::format("the database holds {} users that come from elsewhere; import into an empty one "
                                  "(--database-url and --data-dir), nothing was changed",
            people));
}

void remember_start(db::Transaction& tx, std::string_view fingerprint, base::Time now)
{
    tx.apply(
        "INSERT INTO import_source (fingerprint, started_at) VALUES ($1, $2) ON CONFLICT DO NOTHING", fingerprint, now);
    server::set_unfinished(tx, server::Unfinished::Import);
}

void remember_end(db::Transaction& tx, base::Time now)
{
    tx.apply("UPDATE import_source SET finished_at = $1", now);
    server::set_unfinished(tx, server::Unfinished::Nothing);
}

void move_sequences(db::Transaction& tx, db::Engine engine)
{
    if (engine != db::Engine::Postgres)
        return;
    for (const Identity& identity : identities)
        tx.query(R"(
            SELECT setval(s.name, s.highest)
              FROM (SELECT CAST(pg_get_serial_sequence($1, 'id') AS regclass) AS name, CAST($2 AS BIGINT) AS highest) s
             WHERE s.highest > COALESCE(pg_sequence_last_value(s.name), 0))",
              identity.table, tx.query(identity.highest).integer())
            .integer();
}

} // namespace commands::import_django
