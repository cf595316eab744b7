#include "faults/copy.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace faults {

namespace fs = std::filesystem;

DatabaseCopy::DatabaseCopy(const std::string& database, const fs::path& directory)
    : is_from_server_(database.starts_with("postgresql:"))
{
    fs::remove_all(directory);
    fs::create_directories(directory);
    const fs::path copy = directory / (is_from_server_ ? "server.sqlite3" : fs::path(database).filename());
    for (const char* ending : {"", "-wal"}) {
        if (!is_from_server_ && fs::exists(database + ending))
            fs::copy_file(database + ending, copy.string() + ending);
    }
    sqlite3* handle = nullptr;
    const int result = sqlite3_open_v2(copy.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    handle_.reset(handle);
    if (result != SQLITE_OK)
        throw std::runtime_error(fmt::format("{} cannot be opened: {}", copy.string(), sqlite3_errstr(result)));
    if (is_from_server_)
        copy_from_server(handle, database);
}

std::string DatabaseCopy::Row::text(int column) const
{
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return bytes == nullptr ? std::string()
                            : std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

void DatabaseCopy::each(const std::string& sql, const std::function<void(const Row&)>& take)
{
    sqlite3_stmt* raw = nullptr;
    int result = sqlite3_prepare_v2(handle_.get(), sql.c_str(), -1, &raw, nullptr);
    const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement(raw, sqlite3_finalize);
    while (result == SQLITE_OK || result == SQLITE_ROW) {
        result = sqlite3_step(raw);
        if (result == SQLITE_ROW)
            take(Row(raw));
    }
    if (result != SQLITE_DONE)
        throw std::runtime_error(fmt::format("{}: {}", sqlite3_errmsg(handle_.get()), sql));
}

std::int64_t DatabaseCopy::number(const std::string& sql)
{
    std::int64_t value = 0;
    each(sql, [&](const Row& row) { value = row.integer(0); });
    return value;
}

} // namespace faults
