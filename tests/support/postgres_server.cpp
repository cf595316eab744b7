#include "support/postgres_server.hpp"

#include <libpq-fe.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

namespace support {

namespace {

// Deleted rows slow a database down, for nobody vacuums it.
constexpr int most_uses = 40;

// Later tables refer to earlier ones, so they are emptied backwards.
constexpr const char* keep_what_migrations_wrote = R"(
    CREATE SCHEMA kept;
    CREATE TABLE kept."numbers of sequences" AS
        SELECT format('%I.%I', schemaname, sequencename) AS name, COALESCE(last_value, 1) AS value,
               last_value IS NOT NULL AS is_called
          FROM pg_sequences WHERE schemaname = 'public';
    DO $do$
    DECLARE
        each RECORD;
        is_filled BOOLEAN;
    BEGIN
        FOR each IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LOOP
            EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', each.relname) INTO is_filled;
            IF is_filled THEN
                EXECUTE format('CREATE TABLE kept.%I AS TABLE public.%I', each.relname, each.relname);
            END IF;
        END LOOP;
    END $do$;
    CREATE FUNCTION kept.reset() RETURNS BIGINT LANGUAGE plpgsql AS $body$
    DECLARE
        each RECORD;
    BEGIN
        FOR each IN SELECT relname FROM pg_class
                     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY oid DESC LOOP
            EXECUTE format('DELETE FROM public.%I', each.relname);
        END LOOP;
        FOR each IN SELECT c.relname FROM pg_class c
                      JOIN pg_class k ON k.relname = c.relname AND k.relnamespace = 'kept'::regnamespace
                     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY c.oid LOOP
            EXECUTE format('INSERT INTO public.%I SELECT * FROM kept.%I', each.relname, each.relname);
        END LOOP;
        PERFORM setval(name::regclass, value, is_called) FROM kept."numbers of sequences";
        RETURN 0;
    END $body$)";

/// "postgresql://gas@/postgres?host=/tmp/x" with another database.
std::string with_database(const std::string& url, const std::string& name)
{
    const std::size_t question = std::min(url.find('?'), url.size());
    const std::size_t slash = url.find('/', url.find("://") + 3);
    if (slash == std::string::npos || slash > question)
        throw std::runtime_error("GAS_TEST_POSTGRES must name a database: postgresql://user@host/database");
    return url.substr(0, slash + 1) + name + url.substr(question);
}

/// A plain connection for what db/ does not do: making databases, statements put together from names.
class Admin
{
  public:
    explicit Admin(const std::string& url) : connection_(PQconnectdb(url.c_str()))
    {
        PQsetNoticeProcessor(
            connection_, [](void*, const char*) {}, nullptr);
        if (PQstatus(connection_) != CONNECTION_OK)
            throw std::runtime_error(std::string("GAS_TEST_POSTGRES: ") + PQerrorMessage(connection_));
    }
    Admin(const Admin&) = delete;
    Admin& operator=(const Admin&) = delete;
    ~Admin() { PQfinish(connection_); }

    /// The first column of the result.
    std::vector<std::string> run(const std::string& sql)
    {
        const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(connection_, sql.c_str()), PQclear);
        const ExecStatusType status = PQresultStatus(result.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
            throw std::runtime_error(sql + ": " + PQerrorMessage(connection_));
        std::vector<std::string> column;
        for (int row = 0; row < PQntuples(result.get()); ++row)
            column.emplace_back(PQgetvalue(result.get(), row, 0));
        return column;
    }

  private:
    PGconn* connection_;
};

/// The databases of this process on the test server.
class Server
{
  public:
    Server() : url_(std::getenv("GAS_TEST_POSTGRES")), admin_(url_) {}
    ~Server()
    {
        free_migrated.clear();
        try {
            for (const std::string& name : made_)
                admin_.run("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        } catch (const std::exception& error) {
            std::cerr << error.what() << '\n';
        }
    }
    static Server& get()
    {
        static Server server;
        return server;
    }

    std::string url_of(const std::string& name) const { return with_database(url_, name); }
    std::string make(const std::string& from)
    {
        const std::string name = "gas_test_" + std::to_string(::getpid()) + "_" + std::to_string(made_.size());
        admin_.run("CREATE DATABASE " + name + " TEMPLATE " + from);
        made_.push_back(name);
        return name;
    }
    std::string make_migrated()
    {
        if (template_.empty()) {
            const std::string name = make("template0");
            db::migrate(*db::Database::open({.url = url_of(name)}));
            Admin(url_of(name)).run(keep_what_migrations_wrote);
            template_ = name;
        }
        return make(template_);
    }
    void drop(const std::string& name) { admin_.run("DROP DATABASE " + name + " WITH (FORCE)"); }

    struct Migrated
    {
        std::string name;
        std::unique_ptr<db::Database> database;
        int uses;
    };
    std::vector<Migrated> free_migrated;
    std::vector<std::string> free_empty;

  private:
    std::string url_;
    Admin admin_;
    std::string template_;
    std::vector<std::string> made_;
};

} // namespace

bool tests_use_postgres()
{
    const char* const url = std::getenv("GAS_TEST_POSTGRES");
    return url != nullptr && *url != '\0';
}

std::string everything_in_postgres(const std::string& url)
{
    Admin admin(url);
    std::string all;
    for (const auto& table : admin.run("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")) {
        all += table + '\n';
        for (const auto& row : admin.run("SELECT t::text FROM \"" + table + "\" t ORDER BY 1"))
            all += row + '\n';
    }
    return all;
}

EmptyPostgres::EmptyPostgres()
{
    Server& server = Server::get();
    if (server.free_empty.empty())
        server.free_empty.push_back(server.make("template0"));
    name_ = std::move(server.free_empty.back());
    server.free_empty.pop_back();
    url_ = server.url_of(name_);
    Admin(url_).run("DROP SCHEMA IF EXISTS kept CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public");
}

EmptyPostgres::~EmptyPostgres()
{
    Server::get().free_empty.push_back(std::move(name_));
}

MigratedPostgres::MigratedPostgres()
{
    Server& server = Server::get();
    if (server.free_migrated.empty()) {
        name_ = server.make_migrated();
        database_ = db::Database::open({.url = server.url_of(name_), .readers = 2, .connections = 4});
        return;
    }
    Server::Migrated kept = std::move(server.free_migrated.back());
    server.free_migrated.pop_back();
    name_ = std::move(kept.name);
    database_ = std::move(kept.database);
    uses_ = kept.uses;
}

MigratedPostgres::~MigratedPostgres()
{
    Server& server = Server::get();
    try {
        if (++uses_ < most_uses) {
            database_->on_commit({});
            database_->write([](db::Transaction& tx) { tx.apply("SELECT kept.reset()"); });
            server.free_migrated.push_back({name_, std::move(database_), uses_});
            return;
        }
        database_.reset();
        server.drop(name_);
    } catch (const std::exception& error) {
        // The next test gets a new one.
        std::cerr << "a test database could not be emptied: " << error.what() << '\n';
    }
}

std::string MigratedPostgres::url() const
{
    return Server::get().url_of(name_);
}

} // namespace support
