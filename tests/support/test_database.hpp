#pragma once

#include "db/database.hpp"

#include <filesystem>
#include <memory>
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

/// A fresh SQLite database with all migrations and no rows of people; each object has a file of its own.
class TestDatabase
{
  public:
    TestDatabase();

    db::Database& operator*() const { return *database_; }
    db::Database* operator->() const { return database_.get(); }
    /// Where the file lies; attachments and the like may be put beside it.
    const std::filesystem::path& directory() const { return directory_.path(); }

    /// The number a statement selects. Text that comes from the test itself: no parameters.
    std::int64_t number(db::Sql sql) const;

  private:
    TemporaryDirectory directory_;
    std::unique_ptr<db::Database> database_;
};

} // namespace support
