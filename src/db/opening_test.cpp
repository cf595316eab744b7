#include "base/error.hpp"
#include "db/testing.hpp"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <future>

namespace db {
namespace {

class Opening : public testing::DatabaseTest
{
};
class OpeningAFile : public Opening
{
  protected:
    void SetUp() override
    {
        if (is_postgres())
            GTEST_SKIP() << "only on SQLite: its file and lock";
    }
};

TEST_F(OpeningAFile, KeepsWhatWasWrittenAndLeavesNoLog)
{
    add("Mei");
    const auto log = directory.file("gas.db-wal");
    EXPECT_TRUE(std::filesystem::exists(log));

    database.reset();

    EXPECT_FALSE(std::filesystem::exists(log));
    open();
    EXPECT_TRUE(has("Mei"));
}

TEST_F(OpeningAFile, ASecondTimeIsRefusedInPlainWords)
{
    try {
        Database::open({.url = url()});
        FAIL() << "opened twice";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("already in use by process " + std::to_string(::getpid())),
            std::string::npos);
    }
}

TEST_F(OpeningAFile, UnderAnotherNameIsRefusedAsWell)
{
    std::filesystem::create_symlink(directory.file("gas.db"), directory.file("link.db"));
    std::filesystem::create_directory_symlink(directory.file("."), directory.file("elsewhere"));
    std::filesystem::create_hard_link(directory.file("gas.db"), directory.file("twin.db"));
    for (const char* name : {"link.db", "elsewhere/gas.db", "twin.db"})
        EXPECT_THROW(Database::open({.url = "sqlite:///" + directory.file(name).string()}), InUse) << name;
    EXPECT_FALSE(std::filesystem::exists(directory.file("link.db.lock")));

    add("Mei");
    EXPECT_TRUE(has("Mei"));
    database.reset();
    const auto other = Database::open({.url = "sqlite:///" + directory.file("link.db").string()});
    EXPECT_THROW(open(), InUse);
}

TEST_F(OpeningAFile, UnderAnotherNameIsRefusedToAnotherProcess)
{
    std::filesystem::create_symlink(directory.file("gas.db"), directory.file("link.db"));
    std::filesystem::create_hard_link(directory.file("gas.db"), directory.file("twin.db"));
    database.reset();
    int ready[2];
    ASSERT_EQ(::pipe(ready), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto mine = Database::open({.url = url()});
        if (::write(ready[1], "x", 1) == 1)
            ::pause();
        ::_exit(1);
    }
    char byte = 0;
    ASSERT_EQ(::read(ready[0], &byte, 1), 1);
    for (const char* name : {"gas.db", "link.db", "twin.db"})
        EXPECT_THROW(Database::open({.url = "sqlite:///" + directory.file(name).string()}), InUse) << name;
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(ready[0]);
    ::close(ready[1]);

    open();
}

TEST_F(OpeningAFile, IsPossibleAgainAfterTheProcessWasKilled)
{
    database.reset();
    const pid_t child = ::fork();
    if (child == 0) {
        const auto mine = Database::open({.url = url()});
        mine->write([](Transaction& tx) { tx.apply("INSERT INTO note (text) VALUES ('durable')"); });
        ::_exit(0); // No destructor runs: what a crash leaves.
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_EQ(status, 0);
    ASSERT_GT(std::filesystem::file_size(directory.file("gas.db-wal")), 0U);

    open();

    EXPECT_TRUE(has("durable"));
}

TEST_F(OpeningAFile, ADamagedFileIsRefused)
{
    for (int i = 0; i < 200; ++i)
        add(std::string(500, 'x') + std::to_string(i));
    database.reset();
    {
        std::fstream file(directory.file("gas.db"), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(8192);
        file << std::string(4096, '\x5a');
    }

    EXPECT_THROW(open(), Error);
}

TEST_F(Opening, SomethingElseThanADatabaseIsRefused)
{
    std::ofstream(directory.file("letter.txt")) << std::string(5000, 'a');

    EXPECT_THROW(Database::open({.url = "sqlite:///" + directory.file("letter.txt").string()}), Error);
    EXPECT_THROW(Database::open({.url = "sqlite:///" + directory.file("no/such/directory.db").string()}), Error);
    EXPECT_THROW(Database::open({.url = "mysql://host/name"}), Error);
    EXPECT_THROW(Database::open({.url = "sqlite:///"}), Error);
}

TEST_F(OpeningAFile, KeepsTheFilesFromOtherUsers)
{
    add("Mei");
    for (const auto* name : {"gas.db", "gas.db-wal", "gas.db.lock"}) {
        struct stat found = {};
        ASSERT_EQ(::stat(directory.file(name).c_str(), &found), 0) << name;
        EXPECT_EQ(found.st_mode & 0777, 0600U) << name;
    }
}

TEST_F(OpeningAFile, UsesTheSettingsThatKeepDataSafe)
{
    database->exclusively([](Connection& connection) {
        EXPECT_EQ(connection.query("PRAGMA synchronous").integer(), 2);
        EXPECT_EQ(connection.query("PRAGMA foreign_keys").integer(), 1);
        EXPECT_EQ(connection.query("PRAGMA trusted_schema").integer(), 0);
        EXPECT_EQ(connection.query("PRAGMA cell_size_check").integer(), 1);
        EXPECT_EQ(connection.query("PRAGMA wal_autocheckpoint").integer(), 0);
        EXPECT_EQ(connection.query("PRAGMA cache_size").integer(), -8192);
    });
    const auto lease = database->read();
    EXPECT_EQ(lease->query("PRAGMA query_only").integer(), 1);
    EXPECT_EQ(lease->query("PRAGMA wal_autocheckpoint").integer(), 0);
    EXPECT_EQ(lease->query("PRAGMA cache_size").integer(), -4096);
    EXPECT_EQ(database->engine(), Engine::Sqlite);
    EXPECT_TRUE(database->version().starts_with("SQLite 3."));
}

TEST_F(OpeningAFile, CheckpointsSoThatTheLogDoesNotGrowForEver)
{
    const std::string text(400'000, 'x');
    for (int i = 0; i < 200; ++i)
        add(text + std::to_string(i));

    EXPECT_LT(std::filesystem::file_size(directory.file("gas.db-wal")), 40'000'000U);
}

} // namespace
} // namespace db
