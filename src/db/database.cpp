#include "db/database.hpp"

#include "db/engines.hpp"
#include "db/postgres_url.hpp"

namespace db {

namespace {

bool is_postgres(std::string_view url)
{
    return url.starts_with("postgresql://") || url.starts_with("postgres://");
}

} // namespace

std::string shown_url(const std::string& url)
{
    return is_postgres(url) ? shown_postgres_url(url) : url;
}

std::unique_ptr<Database> Database::open(const DatabaseOptions& options)
{
    return is_postgres(options.url) ? open_postgres(options) : open_sqlite(options);
}

} // namespace db
