#include "base/error.hpp"
#include "base/text.hpp"
#include "db/engines.hpp"
#include "db/sqlite/sqlite.hpp"

#include <filesystem>
#include <system_error>

namespace db {

namespace {

namespace fs = std::filesystem;

std::unique_ptr<SqliteConnection> open_and_try(const fs::path& path, SqliteRole role)
{
    auto connection = std::make_unique<SqliteConnection>(path.string(), role);
    // Only a first query shows whether the log beside the file can be used.
    connection->query("SELECT count(*) FROM sqlite_master").integer();
    return connection;
}

bool has_log(const fs::path& path)
{
    std::error_code missing;
    const auto size = fs::file_size(path.string() + "-wal", missing);
    return !missing && size > 0;
}

std::unique_ptr<SqliteConnection> open_foreign(const fs::path& path)
{
    try {
        return open_and_try(path, SqliteRole::Foreign);
    } catch (const base::Unavailable&) {
        // Where nothing may be created beside the file, SQLite cannot share a log; without one nobody is writing.
        if (has_log(path))
            throw;
        return open_and_try(path, SqliteRole::Immutable);
    }
}

class SqliteForeign final : public ForeignDatabase
{
  public:
    explicit SqliteForeign(std::unique_ptr<SqliteConnection> connection) : connection_(std::move(connection)) {}

    Engine engine() const override { return Engine::Sqlite; }
    Connection& connection() override { return *connection_; }

    std::vector<std::string> tables() override
    {
        return map_rows(connection_->query("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"),
            [](const Row& row) { return row.string(0); });
    }

    std::vector<ForeignColumn> columns(const std::string& table) override
    {
        return map_rows(connection_->query(R"(
            SELECT c.name, c.type, (SELECT f."table" FROM pragma_foreign_key_list($1) f WHERE f."from" = c.name), c.pk
              FROM pragma_table_info($1) c ORDER BY c.cid)",
                            table),
            [](const Row& row) {
                return ForeignColumn{.name = row.string(0),
                    .type = base::ascii_lower(row.text(1)),
                    .references = row.string(2),
                    .is_key = row.boolean(3)};
            });
    }

  private:
    std::unique_ptr<Statement> prepare(std::string_view sql) override { return connection_->prepare_once(sql); }

    std::unique_ptr<SqliteConnection> connection_;
};

} // namespace

std::unique_ptr<ForeignDatabase> open_foreign_sqlite(const std::string& url)
{
    const fs::path path = sqlite_path(url);
    std::error_code error;
    if (!fs::is_regular_file(path, error))
        throw Error("there is no file " + path.string());
    try {
        return std::make_unique<SqliteForeign>(open_foreign(path));
    } catch (const std::exception& failure) {
        throw Error("the database " + path.string() + " cannot be read: " + failure.what());
    }
}

} // namespace db
