#include "db/postgres/pool.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <utility>

namespace db {

PostgresPool::PostgresPool(const PostgresTarget& target, PostgresRole role, Limits limits)
    : target_(target), role_(role), limits_(limits)
{}

PostgresConnection& PostgresPool::lend()
{
    PostgresConnection* const free = take_free();
    PostgresConnection& connection = free != nullptr ? *free : open_one();
    connection.begin_with_next_statement();
    return connection;
}

// Null: there is room for one more, and it is counted already.
PostgresConnection* PostgresPool::take_free()
{
    Kept closed;
    std::unique_lock lock(mutex_);
    const auto is_possible = [&] { return !free_.empty() || lent_.size() + opening_ < limits_.connections; };
    if (!given_back_.wait_for(lock, limits_.wait, is_possible))
        throw base::Unavailable("no connection to PostgreSQL became free");
    // Since they were given back, another server may have become the primary.
    while (!free_.empty() && free_.back()->is_broken()) {
        closed.push_back(std::move(free_.back()));
        free_.pop_back();
    }
    if (free_.empty()) {
        ++opening_;
        return nullptr;
    }
    // The last one used: its caches are warm.
    lent_.push_back(std::move(free_.back()));
    free_.pop_back();
    return lent_.back().get();
}

PostgresConnection& PostgresPool::open_one()
{
    std::unique_ptr<PostgresConnection> opened;
    try {
        opened = std::make_unique<PostgresConnection>(target_, role_);
    } catch (...) {
        {
            const std::lock_guard lock(mutex_);
            --opening_;
        }
        given_back_.notify_one();
        throw;
    }
    const std::lock_guard lock(mutex_);
    --opening_;
    return *lent_.emplace_back(std::move(opened));
}

void PostgresPool::give_back(Connection& connection) noexcept
{
    auto& given_back = static_cast<PostgresConnection&>(connection);
    given_back.end();
    const Kept closed = remove_suspects(given_back);
    given_back_.notify_one();
}

PostgresPool::Kept PostgresPool::remove_suspects(PostgresConnection& given_back)
{
    Kept closed;
    const std::lock_guard lock(mutex_);
    const auto found = std::ranges::find(lent_, &given_back, &std::unique_ptr<PostgresConnection>::get);
    std::unique_ptr<PostgresConnection> owned = std::move(*found);
    *found = std::move(lent_.back());
    lent_.pop_back();
    // A restart or a failover broke them all, and finding that out one by one would cost a page each.
    const bool is_broken = owned->is_broken();
    if (owned->take_suspicion())
        closed.swap(free_);
    (is_broken ? closed : free_).push_back(std::move(owned));
    return closed;
}

} // namespace db
