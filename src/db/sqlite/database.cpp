#include "db/damage.hpp"
#include "db/engines.hpp"
#include "db/lock_file.hpp"
#include "db/sqlite/readers.hpp"
#include "db/sqlite/writer.hpp"

#include <sqlite3.h>

#include <filesystem>
#include <system_error>

namespace db {

namespace {

namespace fs = std::filesystem;

// Checking reads every page. Up to these sizes it fits into a start of one second; above, damage is found by
// `gas-utility check`, or by whoever meets it: see DamageMark.
constexpr std::uintmax_t always_checked_bytes = std::uintmax_t{32} << 20;
constexpr std::uintmax_t checked_after_crash_bytes = std::uintmax_t{128} << 20;

std::uintmax_t size_or_zero(const fs::path& path)
{
    std::error_code missing;
    const std::uintmax_t size = fs::file_size(path, missing);
    return missing ? 0 : size;
}

std::unique_ptr<SqliteConnection> open_writer(const fs::path& path)
{
    // A clean close leaves no log, so one with content means a crash or a power cut.
    const bool crashed = size_or_zero(path.string() + "-wal") > 0;
    auto writer = std::make_unique<SqliteConnection>(path.string(), SqliteRole::Writer);
    if (size_or_zero(path) <= (crashed ? checked_after_crash_bytes : always_checked_bytes)) {
        const std::string damage = writer->quick_check();
        if (!damage.empty())
            throw Error(damage);
        writer->release_memory();
    }
    return writer;
}

std::unique_ptr<SqliteConnection> open_writer_or_explain(const fs::path& path, DamageMark& damage)
{
    try {
        auto writer = open_writer(path);
        writer->tell_of_damage(damage);
        return writer;
    } catch (const std::exception& error) {
        throw Error("the database " + path.string() + " cannot be used: " + error.what() +
                    "; if it is damaged, restore it from a backup");
    }
}

class SqliteDatabase final : public Database
{
  public:
    SqliteDatabase(const fs::path& path, const DatabaseOptions& options)
        : lock_(path.string() + ".lock", "the database is"),
          file_lock_(path.string(), "the database is"),
          home_(path.string()),
          writer_(
              open_writer_or_explain(path, damage_), {.queue = options.write_queue, .batch = options.batch}, figures()),
          readers_(path.string(), options.readers, damage_)
    {}

    Engine engine() const override { return Engine::Sqlite; }
    std::string version() const override { return std::string("SQLite ") + sqlite3_libversion(); }
    std::string home() override { return home_; }
    ReadLease read() override { return readers_.lend(); }
    bool is_damaged() const override { return damage_.is_set(); }
    Inspection inspect(const std::function<bool()>& goes_on) override
    {
        SqliteConnection connection(home_, SqliteRole::Reader);
        connection.tell_of_damage(damage_);
        Inspection found = look_for_damage_by_table(connection, goes_on);
        if (!found.damage.empty())
            damage_.set(found.damage.front());
        return found;
    }
    void on_commit(std::function<void()> told) override { writer_.on_commit(std::move(told)); }
    void exclusively(const std::function<void(Connection&)>& work) override { writer_.exclusively(work); }

  private:
    void run_write(const std::function<void(Transaction&)>& work) override { writer_.write(work); }

    // In this order: locked before anything is opened; the readers close before the writer empties the log.
    LockFile lock_;
    // Makes the file, too: SQLite would let others read it, and the log beside it takes its mode.
    SameFileLock file_lock_;
    const std::string home_;
    DamageMark damage_;
    SqliteWriter writer_;
    SqliteReaders readers_;
};

} // namespace

fs::path sqlite_path(const std::string& url)
{
    constexpr std::string_view prefix = "sqlite:///";
    if (!url.starts_with(prefix) || url.size() == prefix.size())
        throw Error(
            "not a database URL: \"" + url + "\"; expected sqlite:///relative/path or sqlite:////absolute/path");
    // Absolute, so that neither a change of directory nor a name like "file:x?vfs=" means something else to SQLite.
    return fs::absolute(url.substr(prefix.size()));
}

std::unique_ptr<Database> open_sqlite(const DatabaseOptions& options)
{
    // Not the name but the file is locked, and SQLite's log is beside it.
    const fs::path path = fs::weakly_canonical(sqlite_path(options.url));
    if (!fs::is_directory(path.parent_path()))
        throw Error("the directory " + path.parent_path().string() + " does not exist");
    return std::make_unique<SqliteDatabase>(path, options);
}

} // namespace db
