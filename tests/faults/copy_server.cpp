#include "faults/copy.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <libpq-fe.h>

#include <stdexcept>
#include <string_view>
#include <vector>

namespace faults {

namespace {

// PostgreSQL's fixed numbers of its types.
constexpr Oid type_boolean = 16;
constexpr Oid type_bigint = 20;
constexpr Oid type_smallint = 21;
constexpr Oid type_integer = 23;

using Session = std::unique_ptr<PGconn, void (*)(PGconn*)>;
using Result = std::unique_ptr<PGresult, void (*)(PGresult*)>;
using Statement = std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)>;

Result ask(PGconn* session, const std::string& sql)
{
    Result result(PQexec(session, sql.c_str()), PQclear);
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        throw std::runtime_error(fmt::format("{}: {}", sql, PQerrorMessage(session)));
    return result;
}

void run(sqlite3* copy, const std::string& sql)
{
    if (sqlite3_exec(copy, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        throw std::runtime_error(fmt::format("{}: {}", sqlite3_errmsg(copy), sql));
}

void bind(sqlite3_stmt* statement, const PGresult* rows, int row, int column)
{
    if (PQgetisnull(rows, row, column) != 0) {
        sqlite3_bind_null(statement, column + 1);
        return;
    }
    const char* text = PQgetvalue(rows, row, column);
    const Oid type = PQftype(rows, column);
    if (type == type_bigint || type == type_integer || type == type_smallint)
        sqlite3_bind_int64(statement, column + 1, std::stoll(text));
    else if (type == type_boolean)
        sqlite3_bind_int64(statement, column + 1, *text == 't' ? 1 : 0);
    else
        sqlite3_bind_text(statement, column + 1, text, PQgetlength(rows, row, column), SQLITE_STATIC);
}

// The audit's rules look rows up by these; without an index each of them would read whole tables again and again.
void add_indexes(sqlite3* copy, const std::string& table, const PGresult* columns)
{
    for (int i = 0; i < PQnfields(columns); ++i) {
        const std::string_view name = PQfname(columns, i);
        if (name == "id" || name.ends_with("_id"))
            run(copy, fmt::format("CREATE INDEX \"{0}_{1}\" ON \"{0}\" (\"{1}\")", table, name));
    }
}

void copy_table(PGconn* session, sqlite3* copy, const std::string& table)
{
    // Words with the blanks around them that SQLite's index keeps. The key becomes the rowid.
    const bool is_search = table == "service_search";
    const std::string select = is_search ? "SELECT service_request_id AS id, ' ' || "
                                           "array_to_string(tsvector_to_array(words), ' ') || ' ' AS words "
                                           "FROM service_search"
                                         : "SELECT * FROM \"" + table + "\"";
    const Result rows = ask(session, select);
    std::vector<std::string> columns;
    std::vector<std::string> marks;
    for (int i = 0; i < PQnfields(rows.get()); ++i) {
        columns.push_back(
            fmt::format("\"{}\"{}", PQfname(rows.get(), i), is_search && i == 0 ? " INTEGER PRIMARY KEY" : ""));
        marks.emplace_back("?");
    }
    run(copy, fmt::format("CREATE TABLE \"{}\" ({})", table, fmt::join(columns, ", ")));
    const std::string insert = fmt::format("INSERT INTO \"{}\" VALUES ({})", table, fmt::join(marks, ", "));
    sqlite3_stmt* raw = nullptr;
    sqlite3_prepare_v2(copy, insert.c_str(), -1, &raw, nullptr);
    const Statement statement(raw, sqlite3_finalize);
    for (int row = 0; row < PQntuples(rows.get()); ++row) {
        for (int column = 0; column < PQnfields(rows.get()); ++column)
            bind(raw, rows.get(), row, column);
        if (sqlite3_step(raw) != SQLITE_DONE)
            throw std::runtime_error(fmt::format("{}: {}", sqlite3_errmsg(copy), insert));
        sqlite3_reset(raw);
    }
    add_indexes(copy, table, rows.get());
}

} // namespace

void copy_from_server(sqlite3* copy, const std::string& url)
{
    const Session session(PQconnectdb(url.c_str()), PQfinish);
    if (PQstatus(session.get()) != CONNECTION_OK)
        throw std::runtime_error(fmt::format("the database cannot be read: {}", PQerrorMessage(session.get())));
    ask(session.get(), "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const Result tables = ask(session.get(),
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'");
    run(copy, "BEGIN");
    for (int i = 0; i < PQntuples(tables.get()); ++i)
        copy_table(session.get(), copy, PQgetvalue(tables.get(), i, 0));
    // PostgreSQL needs no such table.
    run(copy, "CREATE TABLE IF NOT EXISTS service_search_waiting (service_request_id INTEGER, words TEXT)");
    run(copy, "COMMIT");
}

} // namespace faults
