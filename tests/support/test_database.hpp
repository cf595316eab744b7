#pragma once

#include "db/database.hpp"
#include "support/postgres_server.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace support {

/// A directory of its own, in memory unless TMPDIR says where; removed with all it holds when destroyed.
class TemporaryDirectory
{
  public:
    TemporaryDirectory();
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// Overwrites the middle tenth of a file with rubbish.
void damage_file(const std::filesystem::path& file);

/// PostgreSQL when GAS_TEST_POSTGRES names a server, otherwise SQLite.
db::Engine tested_engine();

/// A fresh database with all migrations and no rows of people: a SQLite file of its own, or a database of its own on
/// the server that GAS_TEST_POSTGRES names.
class TestDatabase
{
  public:
    explicit TestDatabase(db::Engine engine = tested_engine());

    db::Database& operator*() const { return postgres_ ? postgres_->database() : *sqlite_; }
    db::Database* operator->() const { return &**this; }
    /// Where the file lies; attachments and the like may be put beside it.
    const std::filesystem::path& directory() const { return directory_.path(); }

    /// For another connection to it; on SQLite only one process or object can open it.
    std::string url() const;

    /// SQLite: overwrites pages in the middle of the open file, as a failing disk does, once all is written to it.
    void damage() const;

    /// The number a statement selects. Text that comes from the test itself: no parameters.
    std::int64_t number(db::Sql sql) const;

  private:
    std::filesystem::path sqlite_file() const;

    TemporaryDirectory directory_;
    std::unique_ptr<db::Database> sqlite_;
    std::optional<MigratedPostgres> postgres_;
};

} // namespace support
