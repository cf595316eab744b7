#include "db/sqlite/readers.hpp"

#include "base/error.hpp"

#include <chrono>

namespace db {

SqliteReaders::SqliteReaders(const std::string& path, std::size_t count, DamageMark& damage)
{
    free_.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        connections_.push_back(std::make_unique<SqliteConnection>(path, SqliteRole::Reader));
        connections_.back()->tell_of_damage(damage);
        free_.push_back(connections_.back().get());
    }
}

ReadLease SqliteReaders::lend()
{
    SqliteConnection& connection = wait_for_free();
    try {
        connection.execute("BEGIN");
    } catch (...) {
        put_back(connection);
        throw;
    }
    return {connection, *this};
}

void SqliteReaders::give_back(Connection& connection) noexcept
{
    auto& reader = static_cast<SqliteConnection&>(connection);
    reader.end_reading();
    put_back(reader);
}

SqliteConnection& SqliteReaders::wait_for_free()
{
    std::unique_lock lock(mutex_);
    if (!given_back_.wait_for(lock, std::chrono::seconds(5), [&] { return !free_.empty(); }))
        throw base::Unavailable("no reading connection became free");
    // The last one used: its cache is warm, and seldom used ones stay small.
    SqliteConnection& connection = *free_.back();
    free_.pop_back();
    return connection;
}

void SqliteReaders::put_back(SqliteConnection& connection) noexcept
{
    {
        const std::lock_guard lock(mutex_);
        free_.push_back(&connection);
    }
    given_back_.notify_one();
}

} // namespace db
