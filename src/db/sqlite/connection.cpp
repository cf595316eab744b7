#include "base/error.hpp"
#include "base/url_encoding.hpp"
#include "db/sqlite/error.hpp"
#include "db/sqlite/sqlite.hpp"

#include <sqlite3.h>

#include <bit>
#include <mutex>
#include <stdexcept>

namespace db {

namespace {

// trusted_schema and cell_size_check limit what a damaged or foreign file can do; mmap would turn a disk error into
// SIGBUS.
constexpr const char* common_settings = "PRAGMA trusted_schema = OFF;"
                                        "PRAGMA cell_size_check = ON;"
                                        "PRAGMA foreign_keys = ON;"
                                        "PRAGMA temp_store = MEMORY;"
                                        "PRAGMA mmap_size = 0;";
// FULL, not NORMAL: NORMAL lost 92-530 acknowledged commits in each simulated power cut.
constexpr const char* writer_settings = "PRAGMA journal_mode = WAL;"
                                        "PRAGMA synchronous = FULL;"
                                        "PRAGMA journal_size_limit = 67108864;"
                                        "PRAGMA cache_size = -8192;";
constexpr const char* reader_settings = "PRAGMA query_only = ON;"
                                        "PRAGMA cache_size = -4096;";

int remember_log_pages(void* log_pages, sqlite3*, const char*, int pages)
{
    *static_cast<int*>(log_pages) = pages;
    return SQLITE_OK;
}

int open_flags(SqliteRole role)
{
    switch (role) {
    case SqliteRole::Writer:
        return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case SqliteRole::Reader:
        return SQLITE_OPEN_READWRITE;
    case SqliteRole::Foreign:
        return SQLITE_OPEN_READONLY;
    case SqliteRole::Immutable:
        return SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
    }
    throw std::logic_error("unknown role of a connection");
}

std::string immutable_name(const std::string& path)
{
    return "file:" + base::percent_encode(path, "/") + "?immutable=1";
}

// SQLite neither moves nor copies what still fits the size it was rounded up to. FTS5 lengthens an array of each page
// that it reads backwards by 32 bytes at a time; with steps of an eighth it is copied a few times instead of hundreds.
int round_up_size(int bytes)
{
    constexpr unsigned least = 64;
    constexpr unsigned most = 1U << 30; // above it the rounded size might not be an int
    const auto size = static_cast<unsigned>(bytes);
    const unsigned step = size <= least || size > most ? 8 : std::bit_floor(size) / 8;
    return static_cast<int>((size + step - 1) / step * step);
}

void configure_sqlite()
{
    // Its memory statistics take a process-wide lock at every allocation.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_mem_methods memory{};
    const bool is_known = sqlite3_config(SQLITE_CONFIG_GETMALLOC, &memory) == SQLITE_OK;
    memory.xRoundup = round_up_size;
    if (!is_known || sqlite3_config(SQLITE_CONFIG_MALLOC, &memory) != SQLITE_OK)
        throw Error("SQLite was used before it was configured");
}

} // namespace

void configure_sqlite_once()
{
    static std::once_flag once;
    std::call_once(once, configure_sqlite);
}

void SqliteConnection::Closer::operator()(sqlite3* handle) const noexcept
{
    sqlite3_close_v2(handle);
}

SqliteConnection::SqliteConnection(const std::string& path, SqliteRole role)
{
    configure_sqlite_once();
    const std::string name = role == SqliteRole::Immutable ? immutable_name(path) : path;
    sqlite3* handle = nullptr;
    const int result = sqlite3_open_v2(name.c_str(), &handle, SQLITE_OPEN_NOMUTEX | open_flags(role), nullptr);
    handle_.reset(handle);
    if (handle == nullptr)
        throw Error("no memory to open " + path);
    if (result != SQLITE_OK)
        throw_sqlite_error(handle, "opening " + path, damage_);
    configure(role);
}

SqliteConnection::~SqliteConnection() = default;

void SqliteConnection::configure(SqliteRole role)
{
    sqlite3* const handle = handle_.get();
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, 5000);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    run_script(common_settings);
    sqlite3_wal_autocheckpoint(handle, 0);
    if (role != SqliteRole::Writer) {
        sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        run_script(reader_settings);
        return;
    }
    run_script(writer_settings);
    if (query("PRAGMA journal_mode").first([](Row row) { return row.string(0); }) != "wal")
        throw Error("the file system does not support SQLite's write-ahead log");
    sqlite3_wal_hook(handle, remember_log_pages, &log_pages_);
}

std::unique_ptr<SqliteStatement> SqliteConnection::prepare_once(std::string_view sql)
{
    return std::make_unique<SqliteStatement>(handle_.get(), sql, damage_);
}

void SqliteConnection::execute(Sql sql)
{
    Rows rows = query(sql);
    rows.integer();
}

bool SqliteConnection::in_transaction() const noexcept
{
    return sqlite3_get_autocommit(handle_.get()) == 0;
}

void SqliteConnection::begin_writing()
{
    execute("BEGIN IMMEDIATE");
    writing_ = true;
}

void SqliteConnection::commit()
{
    execute("COMMIT");
    writing_ = false;
}

void SqliteConnection::refuse_outside_transaction() const
{
    if (writing_ && !in_transaction())
        throw base::Unavailable("SQLite gave up the transaction");
}

bool SqliteConnection::roll_back() noexcept
{
    writing_ = false;
    if (in_transaction())
        sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    return !in_transaction();
}

void SqliteConnection::check_references() noexcept
{
    sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
}

void SqliteConnection::end_reading() noexcept
{
    try {
        execute("COMMIT");
    } catch (const std::exception&) {
        roll_back();
    }
    // Rows that outlive their lease would hold the snapshot, and so keep the log from ever being reused.
    if (sqlite3_txn_state(handle_.get(), nullptr) == SQLITE_TXN_NONE)
        return;
    for (sqlite3_stmt* each = sqlite3_next_stmt(handle_.get(), nullptr); each != nullptr;
         each = sqlite3_next_stmt(handle_.get(), each))
        sqlite3_reset(each);
}

std::string SqliteConnection::quick_check()
{
    const auto found = query("PRAGMA quick_check(1)").first([](Row row) { return row.string(0); });
    return found && *found != "ok" ? *found : std::string();
}

void SqliteConnection::release_memory() noexcept
{
    sqlite3_db_release_memory(handle_.get());
}

bool SqliteConnection::checkpoint(Checkpoint mode) noexcept
{
    const int how = mode == Checkpoint::Truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
    return sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, how, nullptr, nullptr) == SQLITE_OK;
}

std::unique_ptr<SqliteStatement> SqliteConnection::make_statement(std::string_view sql)
{
    return std::make_unique<SqliteStatement>(handle_.get(), sql, damage_);
}

Statement& SqliteConnection::prepare(Sql sql)
{
    refuse_outside_transaction();
    return statements_.get(sql, [this](std::string_view text) { return make_statement(text); });
}

Statement& SqliteConnection::prepare(const SqlBuilder& built)
{
    refuse_outside_transaction();
    return statements_.get(built, [this](std::string_view text) { return make_statement(text); });
}

// Without RETURNING, for which SQLite makes a table and drops it again each time: as much work as a small statement.
std::int64_t SqliteConnection::insert(Sql sql, std::span<const Value> values)
{
    refuse_outside_transaction();
    SqliteStatement& statement = statements_.get(sql, [this](std::string_view text) { return make_statement(text); });
    statement.apply(values);
    return statement.changes() == 0 ? 0 : sqlite3_last_insert_rowid(handle_.get());
}

void SqliteConnection::run_script(const std::string& script)
{
    if (sqlite3_exec(handle_.get(), script.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        throw_sqlite_error(handle_.get(), script, damage_);
}

} // namespace db
