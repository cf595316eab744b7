#pragma once

#include "db/database.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace db {

struct ForeignColumn
{
    std::string name;
    /// The declared type in lower case: "integer", "character varying", "timestamp with time zone".
    std::string type;
    /// The table a foreign key on this column refers to; empty for none.
    std::string references;
    bool is_key = false;
};

/// A database that another program may be using at this moment, opened only for reading: it changes nothing, no setting
/// and no lock file, and holds nothing between two queries. Used by one thread.
class ForeignDatabase
{
  public:
    virtual ~ForeignDatabase() = default;

    /// Open a database by the same URLs as Database::open(). Throws Error in plain words, without a password.
    static std::unique_ptr<ForeignDatabase> open(const std::string& url);

    virtual Engine engine() const = 0;
    /// The engine refuses statements that write.
    virtual Connection& connection() = 0;
    /// Call `told` with each row until it returns false. Throws Error.
    void read(const SqlBuilder& sql, const std::function<bool(const Row&)>& told);
    /// The first column of the first row, zero when there is none.
    std::int64_t integer(const SqlBuilder& sql);
    /// List the names of the tables in alphabetical order.
    virtual std::vector<std::string> tables() = 0;
    /// List columns in the order of the table; empty when there is no such table.
    virtual std::vector<ForeignColumn> columns(const std::string& table) = 0;

  private:
    virtual std::unique_ptr<Statement> prepare(std::string_view sql) = 0;
};

} // namespace db
