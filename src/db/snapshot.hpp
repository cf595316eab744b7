#pragma once

#include "db/connection.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace db {

/// One moment of a database, held while its servers go on writing; for backups. It reads only, takes no lock that a
/// server would wait for, and checkpoints nothing. While it lives, SQLite's log and PostgreSQL's tables keep the old
/// rows, so they grow. Used by one thread.
class Snapshot
{
  public:
    using Progress = std::function<void(std::int64_t done, std::int64_t total)>;

    virtual ~Snapshot() = default;

    /// Take a snapshot by the same URLs as Database::open(). Throws Error in plain words, without a password.
    static std::unique_ptr<Snapshot> take(const std::string& url);

    virtual Engine engine() const = 0;
    /// "SQLite 3.40.1", "PostgreSQL 15.18".
    virtual std::string version() const = 0;
    /// Reads this moment.
    virtual Connection& connection() = 0;
    /// Save all of this moment as `into`, which must not exist yet, for our user alone: one file for SQLite, a
    /// directory of pg_dump for PostgreSQL. `progress` is called now and then with what is done of an amount; of
    /// pg_dump nothing is known before its end. Throws Error in plain words, or base::Unavailable when the disk is
    /// full.
    virtual void save(const std::filesystem::path& into, const Progress& progress) = 0;
};

/// True when the connection sees such a table.
bool has_table(Connection& db, std::string_view name);
/// Check what save() made of a SQLite database, without changing it: empty, or SQLite's words about the damage.
std::string find_damage_in_copy(const std::filesystem::path& file);
/// Fill an empty PostgreSQL database from the directory that save() made: all of it or nothing. Throws Error in plain
/// words, without a password.
void load_postgres(const std::string& url, const std::filesystem::path& directory);

} // namespace db
