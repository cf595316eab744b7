#include "db/foreign.hpp"

#include "db/engines.hpp"

#include <stdexcept>

namespace db {

ForeignSql& ForeignSql::name(std::string_view identifier)
{
    if (identifier.empty() || identifier.find('\0') != std::string_view::npos)
        throw std::invalid_argument("not the name of a table or column");
    text_ += '"';
    for (const char c : identifier)
        text_.append(c == '"' ? 2 : 1, c);
    text_ += '"';
    return *this;
}

ForeignSql& ForeignSql::bind(std::int64_t number)
{
    values_.emplace_back(number);
    text_.append("$").append(std::to_string(values_.size()));
    return *this;
}

void ForeignDatabase::read(const ForeignSql& sql, const std::function<bool(const Row&)>& told)
{
    const std::unique_ptr<Statement> statement = prepare(sql.text());
    Rows rows(*statement);
    statement->bind(sql.values(), BoundText::Copied);
    for (const Row row : rows)
        if (!told(row))
            return;
}

std::int64_t ForeignDatabase::integer(const ForeignSql& sql)
{
    std::int64_t number = 0;
    read(sql, [&](const Row& row) {
        number = row.integer(0);
        return false;
    });
    return number;
}

std::unique_ptr<ForeignDatabase> ForeignDatabase::open(const std::string& url)
{
    return is_postgres_url(url) ? open_foreign_postgres(url) : open_foreign_sqlite(url);
}

} // namespace db
