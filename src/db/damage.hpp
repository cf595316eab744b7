#pragma once

#include <atomic>
#include <string_view>

namespace db {

/// Whether a statement met damaged data since the database was opened. One for all connections of a database;
/// thread-safe. Never taken back: damage does not go away, it is only not always met.
class DamageMark
{
  public:
    /// Logs the first one only.
    void set(std::string_view found) noexcept;
    bool is_set() const noexcept { return is_set_; }

  private:
    std::atomic<bool> is_set_ = false;
};

} // namespace db
