#include "db/postgres/postgres.hpp"
#include "db/postgres/value.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <cassert>
#include <charconv>

namespace db {

namespace {

/// Behind what begins at `at`, when that is a quoted text or a comment; else `at`.
std::size_t skip_quoted(std::string_view sql, std::size_t at)
{
    std::size_t end = at;
    if (sql[at] == '\'' || sql[at] == '"')
        end = sql.find(sql[at], at + 1);
    else if (sql.substr(at, 2) == "--")
        end = sql.find('\n', at);
    else
        return at;
    return end == std::string_view::npos ? sql.size() : end + 1;
}

// Counted here, because the server would only tell after the transaction had failed with it.
std::size_t count_parameters(std::string_view sql)
{
    std::vector<bool> seen;
    for (std::size_t at = 0; at < sql.size();) {
        const std::size_t behind = skip_quoted(sql, at);
        if (behind != at) {
            at = behind;
            continue;
        }
        std::size_t number = 0;
        if (sql[at++] != '$' || std::from_chars(sql.data() + at, sql.data() + sql.size(), number).ec != std::errc() ||
            number == 0 || number > 65'535)
            continue;
        seen.resize(std::max(seen.size(), number));
        seen[number - 1] = true;
    }
    if (std::find(seen.begin(), seen.end(), false) != seen.end())
        throw Error("parameters must be $1 to $n without gaps: " + std::string(sql));
    return seen.size();
}

} // namespace

PostgresStatement::PostgresStatement(PostgresConnection& connection, std::string_view sql, std::string name)
    : connection_(connection), sql_(sql), name_(std::move(name)), parameters_(count_parameters(sql))
{}

void PostgresStatement::require_count(std::span<const Value> values) const
{
    if (values.size() != parameters_)
        throw Error(
            std::to_string(parameters_) + " values expected, " + std::to_string(values.size()) + " given: " + sql_);
}

void PostgresStatement::bind(std::span<const Value> values, BoundText)
{
    require_count(values);
    row_ = -1;
    result_ = connection_.run(*this, values);
}

void PostgresStatement::apply(std::span<const Value> values)
{
    require_count(values);
    connection_.queue(*this, values);
}

bool PostgresStatement::step()
{
    if (!spelled_.empty())
        spelled_.clear();
    return ++row_ < PQntuples(result_.get());
}

void PostgresStatement::reset() noexcept
{
    result_.reset();
    spelled_.clear();
}

std::int64_t PostgresStatement::changes() const
{
    const std::string_view done = PQcmdStatus(result_.get());
    const std::string_view rows = PQcmdTuples(result_.get());
    std::int64_t count = 0;
    // "SELECT 5" counts rows, too.
    if (!done.starts_with("SELECT"))
        std::from_chars(rows.data(), rows.data() + rows.size(), count);
    return count;
}

bool PostgresStatement::is_null(int column) const
{
    assert(column < PQnfields(result_.get()) && row_ < PQntuples(result_.get()));
    return PQgetisnull(result_.get(), row_, column) == 1;
}

std::int64_t PostgresStatement::integer(int column) const
{
    if (is_null(column))
        return 0;
    const auto size = static_cast<std::size_t>(PQgetlength(result_.get(), row_, column));
    return PostgresValue{PQftype(result_.get(), column), {PQgetvalue(result_.get(), row_, column), size}}.integer();
}

std::string_view PostgresStatement::text(int column) const
{
    if (is_null(column))
        return std::string_view("", 0);
    const auto size = static_cast<std::size_t>(PQgetlength(result_.get(), row_, column));
    const PostgresValue value{PQftype(result_.get(), column), {PQgetvalue(result_.get(), row_, column), size}};
    if (value.is_text())
        return value.bytes;
    return *spelled_.emplace_back(std::make_unique<std::string>(value.spelled()));
}

} // namespace db
