#include "db/foreign.hpp"

#include "db/engines.hpp"

namespace db {

void ForeignDatabase::read(const SqlBuilder& sql, const std::function<bool(const Row&)>& told)
{
    const std::unique_ptr<Statement> statement = prepare(sql.text());
    Rows rows(*statement);
    statement->bind(sql.values(), BoundText::Copied);
    for (const Row row : rows)
        if (!told(row))
            return;
}

std::int64_t ForeignDatabase::integer(const SqlBuilder& sql)
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
