#include "base/error.hpp"
#include "db/engines.hpp"
#include "db/postgres/postgres.hpp"
#include "db/postgres/tool.hpp"

namespace db {

namespace {

constexpr int versions_in_a_major = 10000;

/// Through PgBouncer, too: nothing belongs to the session.
PostgresTarget target_of(const std::string& url)
{
    return {.keywords = read_postgres_url(url, PreparedStatements::Off), .prepared = PreparedStatements::Off};
}

class PostgresSnapshot final : public Snapshot
{
  public:
    explicit PostgresSnapshot(const std::string& url)
        : target_(target_of(url)), connection_(target_, PostgresRole::Exclusive)
    {
        connection_.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").integer();
        // Idle while pg_dump works, which may take hours.
        connection_
            .query("SELECT length(set_config('statement_timeout', '0', true) ||"
                   " set_config('idle_in_transaction_session_timeout', '0', true))")
            .integer();
        id_ = connection_.query("SELECT pg_export_snapshot()").first([](Row row) { return row.string(0); }).value();
    }

    Engine engine() const override { return Engine::Postgres; }
    std::string version() const override { return "PostgreSQL " + connection_.link().parameter("server_version"); }
    Connection& connection() override { return connection_; }
    void save(const std::filesystem::path& into, const Progress& progress) override
    {
        require_postgres_tool("pg_dump", connection_.link().server_version() / versions_in_a_major);
        progress(0, 1);
        run_postgres_tool("pg_dump", target_.keywords,
            {"--format=directory", "--snapshot=" + id_, "--no-owner", "--no-privileges", "--file=" + into.string()});
        progress(1, 1);
    }

  private:
    const PostgresTarget target_;
    PostgresConnection connection_;
    std::string id_;
};

} // namespace

std::unique_ptr<Snapshot> take_postgres_snapshot(const std::string& url)
{
    try {
        return std::make_unique<PostgresSnapshot>(url);
    } catch (const base::Unavailable& error) {
        throw Error(error.what());
    }
}

void load_postgres(const std::string& url, const std::filesystem::path& directory)
{
    require_postgres_tool("pg_restore", 0);
    run_postgres_tool("pg_restore", read_postgres_url(url),
        {"--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", directory.string()});
}

} // namespace db
