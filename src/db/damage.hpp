#pragma once

#include <atomic>
#include <string_view>

namespace db {

/// Whether a statement found damaged data since the database was opened. One object for all connections of a database;
/// thread-safe. It never becomes false again, because damage stays even when nobody reads it.
class DamageMark
{
  public:
    /// Note damage; logs only the first one.
    void set(std::string_view found) noexcept;
    bool is_set() const noexcept { return is_set_; }

  private:
    std::atomic<bool> is_set_ = false;
};

} // namespace db
