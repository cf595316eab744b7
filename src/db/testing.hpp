#pragma once

#include "db/database.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace db::testing {

/// A directory of its own, removed with everything in it.
class TemporaryDirectory
{
  public:
    TemporaryDirectory()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "gas_db_XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr)
            throw std::runtime_error("cannot make a temporary directory");
        path_ = pattern;
    }
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory() { std::filesystem::remove_all(path_); }

    std::filesystem::path file(const char* name) const { return path_ / name; }

  private:
    std::filesystem::path path_;
};

/// An empty database in a directory of its own, with a table `note (id, text, number)`.
class DatabaseTest : public ::testing::Test
{
  protected:
    DatabaseTest() { open(); }

    /// Opens it again with other options after closing it.
    void open(DatabaseOptions options = {})
    {
        database.reset();
        options.url = url();
        database = Database::open(options);
        database->exclusively([](Connection& connection) {
            connection
                .query("CREATE TABLE IF NOT EXISTS note (id INTEGER PRIMARY KEY, text TEXT UNIQUE, number INTEGER,"
                       " bytes BLOB, parent INTEGER REFERENCES note (id)) STRICT")
                .integer();
        });
    }
    std::string url() const { return "sqlite:///" + directory.file("gas.db").string(); }

    std::int64_t add(std::string_view text)
    {
        return database->write([&](Transaction& tx) {
            return tx.insert<base::Id<struct NoteTag>>("INSERT INTO note (text) VALUES ($1) RETURNING id", text).value;
        });
    }
    std::int64_t count() { return database->read()->query("SELECT count(*) FROM note").integer(); }
    bool has(std::string_view text)
    {
        return database->read()->query("SELECT count(*) FROM note WHERE text = $1", text).integer() == 1;
    }

    TemporaryDirectory directory;
    std::unique_ptr<Database> database;
};

} // namespace db::testing
