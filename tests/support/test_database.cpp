#include "support/test_database.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>
#include <system_error>

namespace support {

namespace {

// In memory where the machine offers it: waiting for a disk at every commit would take most of the tests' time.
std::filesystem::path parent_directory()
{
    constexpr const char* memory = "/dev/shm";
    if (std::getenv("TMPDIR") == nullptr && access(memory, W_OK | X_OK) == 0)
        return memory;
    return std::filesystem::temp_directory_path();
}

std::unique_ptr<db::Database> open(const std::filesystem::path& file)
{
    return db::Database::open({.url = "sqlite:///" + file.string(), .readers = 2});
}

/// Migrated once a process; every test copies its file, which costs a fraction of migrating.
class Template
{
  public:
    Template() : file_(directory_.path() / "template.sqlite3")
    {
        db::migrate(*open(file_));
        if (std::filesystem::exists(file_.string() + "-wal"))
            throw std::logic_error("the template database was not closed cleanly");
    }
    const std::filesystem::path& file() const { return file_; }

  private:
    TemporaryDirectory directory_;
    std::filesystem::path file_;
};

const std::filesystem::path& template_file()
{
    static const Template made;
    return made.file();
}

} // namespace

TemporaryDirectory::TemporaryDirectory()
{
    std::string name = (parent_directory() / "gas_utility_test_XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr)
        throw std::system_error(errno, std::generic_category(), "mkdtemp");
    path_ = name;
}

TemporaryDirectory::~TemporaryDirectory()
{
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

db::Engine tested_engine()
{
    return tests_use_postgres() ? db::Engine::Postgres : db::Engine::Sqlite;
}

TestDatabase::TestDatabase(db::Engine engine)
{
    if (engine == db::Engine::Postgres) {
        postgres_.emplace();
        return;
    }
    std::filesystem::copy_file(template_file(), sqlite_file());
    sqlite_ = open(sqlite_file());
}

std::filesystem::path TestDatabase::sqlite_file() const
{
    return directory_.path() / "database.sqlite3";
}

void damage_file(const std::filesystem::path& file)
{
    const auto size = static_cast<std::streamoff>(std::filesystem::file_size(file));
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.exceptions(std::ios::failbit | std::ios::badbit);
    stream.seekp(size / 2);
    stream << std::string(static_cast<std::size_t>(size / 10), 'x');
}

void TestDatabase::damage() const
{
    (*this)->exclusively(
        [](db::Connection& connection) { connection.query("PRAGMA wal_checkpoint(TRUNCATE)").integer(); });
    damage_file(sqlite_file());
}

std::string TestDatabase::url() const
{
    return postgres_ ? postgres_->url() : "sqlite:///" + sqlite_file().string();
}

std::int64_t TestDatabase::number(db::Sql sql) const
{
    return (*this)->read()->query(sql).integer();
}

} // namespace support
