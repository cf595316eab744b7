#include "base/error.hpp"
#include "base/file.hpp"
#include "db/engines.hpp"
#include "db/sqlite/error.hpp"
#include "db/sqlite/sqlite.hpp"

#include <sqlite3.h>

#include <system_error>

namespace db {

namespace {

namespace fs = std::filesystem;

// Some megabytes: often enough for a progress bar.
constexpr int pages_at_once = 1024;

struct HandleCloser
{
    void operator()(sqlite3* handle) const noexcept { sqlite3_close_v2(handle); }
};
struct BackupEnder
{
    void operator()(sqlite3_backup* backup) const noexcept { sqlite3_backup_finish(backup); }
};

std::unique_ptr<sqlite3, HandleCloser> open_empty(const std::string& path)
{
    sqlite3* raw = nullptr;
    const int result = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE, nullptr);
    std::unique_ptr<sqlite3, HandleCloser> handle(raw);
    if (raw == nullptr)
        throw Error("no memory to open " + path);
    // Whoever makes a backup syncs it as a whole and throws away what was not finished.
    if (result != SQLITE_OK || sqlite3_exec(raw, "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF", nullptr,
                                   nullptr, nullptr) != SQLITE_OK)
        throw_sqlite_error(raw, "opening " + path, nullptr);
    return handle;
}

class SqliteSnapshot final : public Snapshot
{
  public:
    explicit SqliteSnapshot(const fs::path& path) : connection_(path.string(), SqliteRole::Foreign)
    {
        connection_.execute("BEGIN");
        // The first read decides which moment it is.
        connection_.query("SELECT count(*) FROM sqlite_master").integer();
    }

    Engine engine() const override { return Engine::Sqlite; }
    std::string version() const override { return std::string("SQLite ") + sqlite3_libversion(); }
    Connection& connection() override { return connection_; }
    void save(const fs::path& into, const Progress& progress) override
    {
        base::create_file(into);
        connection_.copy_into(into.string(), progress);
    }

  private:
    SqliteConnection connection_;
};

} // namespace

// The open read transaction belongs to this connection, so the backup reads it and never starts over.
void SqliteConnection::copy_into(
    const std::string& path, const std::function<void(std::int64_t, std::int64_t)>& progress)
{
    const auto target = open_empty(path);
    std::unique_ptr<sqlite3_backup, BackupEnder> backup(
        sqlite3_backup_init(target.get(), "main", handle_.get(), "main"));
    if (backup == nullptr)
        throw_sqlite_error(target.get(), "copying into " + path, nullptr);
    int result = SQLITE_OK;
    while (result == SQLITE_OK) {
        result = sqlite3_backup_step(backup.get(), pages_at_once);
        const std::int64_t all = sqlite3_backup_pagecount(backup.get());
        progress(all - sqlite3_backup_remaining(backup.get()), all);
    }
    if (sqlite3_backup_finish(backup.release()) != SQLITE_OK)
        throw_sqlite_error(target.get(), "copying into " + path, nullptr);
}

std::unique_ptr<Snapshot> take_sqlite_snapshot(const std::string& url)
{
    const fs::path path = sqlite_path(url);
    std::error_code error;
    if (!fs::is_regular_file(path, error))
        throw Error("there is no file " + path.string());
    try {
        // Not as a file that nobody changes, whatever happens: the server may be writing to it.
        return std::make_unique<SqliteSnapshot>(path);
    } catch (const std::exception& failure) {
        throw Error("the database " + path.string() + " cannot be read: " + failure.what() +
                    "; this needs the rights of the server's user");
    }
}

std::string find_damage_in_copy(const fs::path& file)
{
    try {
        return SqliteConnection(file.string(), SqliteRole::Immutable).quick_check();
    } catch (const Error& error) {
        // So much is damaged that the check itself gave up.
        return error.what();
    }
}

} // namespace db
