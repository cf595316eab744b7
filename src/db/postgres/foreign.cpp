#include "base/error.hpp"
#include "db/engines.hpp"
#include "db/postgres/postgres.hpp"

namespace db {

namespace {

/// Each statement stands alone, in a session that refuses to write and has no time limits: exporting may take long.
PostgresTarget read_only_target(const std::string& url)
{
    PostgresTarget target{.keywords = read_postgres_url(url)};
    // A standby will do; read_postgres_url() asks for a server that takes writes unless the URL says otherwise.
    if (url.find("target_session_attrs") == std::string::npos)
        target.keywords["target_session_attrs"] = "any";
    std::string& options = target.keywords["options"];
    options += options.empty() ? "" : " ";
    options += "-c default_transaction_read_only=on -c TimeZone=UTC -c DateStyle=ISO";
    return target;
}

class PostgresForeign final : public ForeignDatabase
{
  public:
    explicit PostgresForeign(const std::string& url)
        : target_(read_only_target(url)), connection_(target_, PostgresRole::Exclusive)
    {}

    Engine engine() const override { return Engine::Postgres; }
    Connection& connection() override { return connection_; }

    std::vector<std::string> tables() override
    {
        return map_rows(connection_.query(R"(
            SELECT CAST(t.relname AS TEXT) FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
             WHERE t.relkind IN ('r', 'p') AND n.nspname = ANY (current_schemas(false))
             ORDER BY CAST(t.relname AS TEXT) COLLATE "C")"),
            [](const Row& row) { return row.string(0); });
    }

    std::vector<ForeignColumn> columns(const std::string& table) override
    {
        return map_rows(connection_.query(R"(
            SELECT CAST(a.attname AS TEXT), format_type(a.atttypid, NULL),
                   (SELECT CAST(f.relname AS TEXT) FROM pg_constraint c JOIN pg_class f ON f.oid = c.confrelid
                     WHERE c.contype = 'f' AND c.conrelid = t.oid AND c.conkey = ARRAY[a.attnum] LIMIT 1),
                   (SELECT COUNT(*) FROM pg_constraint k
                     WHERE k.contype = 'p' AND k.conrelid = t.oid AND k.conkey = ARRAY[a.attnum])
              FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace JOIN pg_attribute a ON a.attrelid = t.oid
             WHERE t.relkind IN ('r', 'p') AND n.nspname = ANY (current_schemas(false)) AND t.relname = CAST($1 AS TEXT)
               AND a.attnum > 0 AND NOT a.attisdropped
             ORDER BY a.attnum)",
                            table),
            [](const Row& row) {
                return ForeignColumn{.name = row.string(0),
                    .type = row.string(1),
                    .references = row.string(2),
                    .is_key = row.boolean(3)};
            });
    }

  private:
    std::unique_ptr<Statement> prepare(std::string_view sql) override
    {
        // Without a name: sent whole each time, nothing stays behind on the server.
        return std::make_unique<PostgresStatement>(connection_, sql, "");
    }

    const PostgresTarget target_;
    PostgresConnection connection_;
};

} // namespace

std::unique_ptr<ForeignDatabase> open_foreign_postgres(const std::string& url)
{
    try {
        return std::make_unique<PostgresForeign>(url);
    } catch (const base::Unavailable& error) {
        throw Error(error.what());
    }
}

} // namespace db
