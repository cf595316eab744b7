#include "db/sqlite/error.hpp"
#include "db/sqlite/sqlite.hpp"

#include <sqlite3.h>

#include <array>
#include <cassert>
#include <charconv>
#include <limits>

namespace db {

namespace {

// A statement keeps the room for copied texts between executions, but not a megabyte for ever.
constexpr std::size_t kept_copy_bytes = 16 * 1024;

bool is_borrowed(const Value& value)
{
    return value.kind() == Value::Kind::Text || value.kind() == Value::Kind::Blob;
}

} // namespace

SqliteStatement::SqliteStatement(sqlite3* database, std::string_view sql, DamageMark* damage)
    : database_(database), damage_(damage)
{
    if (sql.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
        throw Error("statement too long");
    const char* rest = nullptr;
    if (sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement_,
            &rest) != SQLITE_OK)
        throw_sqlite_error(database, sql, damage);
    // SQLite would silently ignore everything after the first statement.
    const std::string_view ignored = sql.substr(static_cast<std::size_t>(rest - sql.data()));
    try {
        if (statement_ == nullptr || ignored.find_first_not_of(" \t\r\n;") != std::string_view::npos)
            throw Error("exactly one statement expected: " + std::string(sql));
        map_parameters();
    } catch (...) {
        sqlite3_finalize(statement_);
        throw;
    }
}

SqliteStatement::~SqliteStatement()
{
    sqlite3_finalize(statement_);
}

// SQLite numbers $n by first appearance ("SELECT $2, $1" makes $2 the first), so the number is looked up by name, once.
void SqliteStatement::map_parameters()
{
    const int count = sqlite3_bind_parameter_count(statement_);
    indexes_.reserve(static_cast<std::size_t>(count));
    for (int number = 1; number <= count; ++number) {
        std::array<char, 16> name{'$'};
        std::to_chars(name.data() + 1, name.data() + name.size() - 1, number);
        const int index = sqlite3_bind_parameter_index(statement_, name.data());
        if (index == 0)
            throw Error("parameters must be $1 to $n without gaps: " + std::string(sqlite3_sql(statement_)));
        indexes_.push_back(index);
    }
}

void SqliteStatement::bind(std::span<const Value> values, BoundText text)
{
    if (values.size() != indexes_.size())
        throw Error(std::to_string(indexes_.size()) + " values expected, " + std::to_string(values.size()) +
                    " given: " + sqlite3_sql(statement_));
    if (text == BoundText::Copied) {
        std::size_t bytes = 0;
        for (const Value& value : values)
            bytes += is_borrowed(value) ? value.text().size() : 0;
        // Reserved whole, because the bound views point into it.
        copies_.clear();
        copies_.reserve(bytes);
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        std::string_view bytes = is_borrowed(values[i]) ? values[i].text() : std::string_view();
        if (text == BoundText::Copied && !bytes.empty()) {
            const std::size_t start = copies_.size();
            copies_.append(bytes);
            bytes = std::string_view(copies_).substr(start);
        }
        bind_one(indexes_[i], values[i], bytes);
    }
}

void SqliteStatement::bind_one(int index, const Value& value, std::string_view text)
{
    // A null pointer would bind NULL where an empty text is meant.
    const char* const data = text.empty() ? "" : text.data();
    int result = SQLITE_OK;
    switch (value.kind()) {
    case Value::Kind::Null:
        result = sqlite3_bind_null(statement_, index);
        break;
    case Value::Kind::Integer:
        result = sqlite3_bind_int64(statement_, index, value.integer());
        break;
    case Value::Kind::Text:
        result = sqlite3_bind_text64(statement_, index, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
        break;
    case Value::Kind::Blob:
        result = sqlite3_bind_blob64(statement_, index, data, text.size(), SQLITE_STATIC);
        break;
    }
    if (result != SQLITE_OK)
        throw_sqlite_error(database_, sqlite3_sql(statement_), damage_);
}

bool SqliteStatement::step()
{
    const int result = sqlite3_step(statement_);
    if (result == SQLITE_ROW)
        return true;
    if (result == SQLITE_DONE)
        return false;
    throw_sqlite_error(database_, sqlite3_sql(statement_), damage_);
}

void SqliteStatement::reset() noexcept
{
    sqlite3_reset(statement_);
    if (copies_.capacity() > kept_copy_bytes)
        copies_ = std::string();
}

void SqliteStatement::apply(std::span<const Value> values)
{
    // Ends the execution also when a step throws.
    const Rows rows(*this);
    bind(values, BoundText::Borrowed);
    while (step()) {
    }
}

std::int64_t SqliteStatement::changes() const
{
    // SQLite's own count is left over from the statement before when this one only reads.
    return sqlite3_stmt_readonly(statement_) != 0 ? 0 : sqlite3_changes64(database_);
}

bool SqliteStatement::is_null(int column) const
{
    assert(column < sqlite3_data_count(statement_));
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t SqliteStatement::integer(int column) const
{
    assert(column < sqlite3_data_count(statement_));
    return sqlite3_column_int64(statement_, column);
}

std::string_view SqliteStatement::text(int column) const
{
    assert(column < sqlite3_data_count(statement_));
    // As a blob, which is the same bytes for a text but never converts; the size must be asked for afterwards.
    const void* const bytes = sqlite3_column_blob(statement_, column);
    if (bytes == nullptr)
        return std::string_view("", 0);
    return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

} // namespace db
