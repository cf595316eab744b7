#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace faults {

/// A copy of a stopped product's database, so that looking at it leaves it as the crash did. Used by one thread.
class DatabaseCopy
{
  public:
    /// Copies the database and its log into the directory; throws std::runtime_error when it cannot be opened.
    DatabaseCopy(const std::filesystem::path& database, const std::filesystem::path& directory);

    /// One row of a result; columns count from 0.
    class Row
    {
      public:
        explicit Row(sqlite3_stmt* statement) : statement_(statement) {}
        std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
        std::string text(int column) const;

      private:
        sqlite3_stmt* statement_;
    };
    /// Throws std::runtime_error, naming the SQL.
    void each(const std::string& sql, const std::function<void(const Row&)>& take);
    std::int64_t number(const std::string& sql);

  private:
    struct Closer
    {
        void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
    };
    std::unique_ptr<sqlite3, Closer> handle_;
};

} // namespace faults
