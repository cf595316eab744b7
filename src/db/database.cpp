#include "db/database.hpp"

#include "db/engines.hpp"
#include "db/postgres/url.hpp"

namespace db {

bool is_postgres_url(std::string_view url)
{
    return url.starts_with("postgresql://") || url.starts_with("postgres://");
}

std::string shown_url(const std::string& url)
{
    return is_postgres_url(url) ? shown_postgres_url(url) : url;
}

std::unique_ptr<Database> Database::open(const DatabaseOptions& options)
{
    return is_postgres_url(options.url) ? open_postgres(options) : open_sqlite(options);
}

} // namespace db
