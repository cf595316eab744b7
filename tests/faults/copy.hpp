#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace faults {

/// A copy of the product's database in SQLite, so that looking at it leaves it as the crash did. Used by one thread.
class DatabaseCopy
{
  public:
    /// Copies a stopped product's file and its log, or the rows of a server ("postgresql://…") as one snapshot sees
    /// them, into the directory; throws std::runtime_error when that cannot be done.
    DatabaseCopy(const std::string& database, const std::filesystem::path& directory);
    bool is_from_server() const { return is_from_server_; }

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
    bool is_from_server_;
    std::unique_ptr<sqlite3, Closer> handle_;
};

/// Fills an empty SQLite database with every table of a PostgreSQL server; search words become one text. Throws
/// std::runtime_error, which names no password.
void copy_from_server(sqlite3* copy, const std::string& url);

} // namespace faults
