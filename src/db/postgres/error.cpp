#include "db/postgres/error.hpp"

#include "db/connection.hpp"
#include "db/damage.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <string>

namespace db {

namespace {

std::string field(const PGresult* result, int code)
{
    const char* const text = PQresultErrorField(result, code);
    return text == nullptr ? std::string() : text;
}

// Deadlock, serialization failure, lock and statement timeouts, a server that starts, stops, is full or gone.
bool passes_by_itself(std::string_view state)
{
    constexpr std::array<std::string_view, 8> states{
        "40001", "40P01", "55P03", "57014", "57P01", "57P02", "57P03", "25P03"};
    return state.starts_with("53") || (state.starts_with("08") && state != "08P01") ||
           std::find(states.begin(), states.end(), state) != states.end();
}

// What a session keeps is gone when PgBouncer hands every transaction another server connection.
bool looks_pooled(std::string_view state)
{
    return state == "26000" || state == "42P05";
}

} // namespace

void throw_postgres_error(const PGresult* result, std::string_view doing, PostgresRole role, DamageMark& damage)
{
    const std::string state = field(result, PG_DIAG_SQLSTATE);
    const std::string severity = field(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    std::string text = "PostgreSQL error " + state + ": " + field(result, PG_DIAG_MESSAGE_PRIMARY);
    if (state.empty())
        text = std::string("PostgreSQL: ") + PQresultErrorMessage(result);
    if (looks_pooled(state))
        text += "; behind PgBouncer in transaction mode set GAS_UTILITY_DATABASE_PREPARED=off";
    text.append(" (").append(doing.substr(0, 500)).append(")");
    // data_corrupted, index_corrupted
    if (state == "XX001" || state == "XX002")
        damage.set(text);
    if (state.empty() || severity == "FATAL" || severity == "PANIC")
        throw PostgresLost(text);
    if (state.starts_with("23"))
        throw ConstraintViolation(text);
    // A writer that finds the server read-only talks to a former primary.
    if (passes_by_itself(state) || (state == "25006" && role == PostgresRole::Writer))
        throw base::Unavailable(text);
    throw Error(text);
}

bool is_read_only(const PGresult* result)
{
    return field(result, PG_DIAG_SQLSTATE) == "25006";
}

} // namespace db
