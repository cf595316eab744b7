// What a backup reads: one moment of a database that goes on being written, on the engine that the tests run on.

#include "db/snapshot.hpp"

#include "base/file.hpp"
#include "db/testing.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <vector>

namespace {

using db::testing::DatabaseTest;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const db::Snapshot::Progress nobody = [](std::int64_t, std::int64_t) {};

class SnapshotTest : public DatabaseTest
{
  protected:
    ~SnapshotTest() override { ::setenv("PATH", path_.c_str(), 1); }

    std::int64_t notes_in(db::Snapshot& snapshot)
    {
        return snapshot.connection().query("SELECT count(*) FROM note").integer();
    }
    /// A program of this name that runs instead of PostgreSQL's.
    void replace_program(const char* name, const std::string& script)
    {
        const auto program = directory.file("bin") / name;
        std::filesystem::create_directory(directory.file("bin"));
        std::ofstream(program) << "#!/bin/sh\n" << script;
        ::chmod(program.c_str(), S_IRWXU);
        ::setenv("PATH", (directory.file("bin").string() + ":" + path_).c_str(), 1);
    }
    /// The text of the refusal, or "saved".
    std::string save(db::Snapshot& snapshot)
    {
        try {
            snapshot.save(directory.file("saved"), nobody);
        } catch (const db::Error& error) {
            return error.what();
        }
        return "saved";
    }

  private:
    std::string path_ = std::getenv("PATH");
};

/// These replace pg_dump.
class PostgresTools : public SnapshotTest
{
  protected:
    void SetUp() override
    {
        if (!is_postgres())
            GTEST_SKIP() << "only on PostgreSQL: its programs";
    }
};

} // namespace

TEST_F(SnapshotTest, StaysAtItsMomentWhileOthersWrite)
{
    add("before");
    const auto snapshot = db::Snapshot::take(url());
    add("after");

    EXPECT_EQ(notes_in(*snapshot), 1);
    EXPECT_EQ(save(*snapshot), "saved");
    EXPECT_EQ(notes_in(*snapshot), 1);
    EXPECT_EQ(count(), 2) << "and others went on";
}

TEST_F(SnapshotTest, WritesNothing)
{
    const auto snapshot = db::Snapshot::take(url());
    EXPECT_ANY_THROW(snapshot->connection().query("INSERT INTO note (text) VALUES ('mine')").integer());
    EXPECT_EQ(count(), 0);
}

TEST_F(SnapshotTest, KnowsWhichTablesThereAre)
{
    const auto snapshot = db::Snapshot::take(url());
    EXPECT_TRUE(db::has_table(snapshot->connection(), "note"));
    EXPECT_FALSE(db::has_table(snapshot->connection(), "ghost"));
}

TEST_F(SnapshotTest, WhatItSavedIsWholeUntilItIsDamaged)
{
    if (is_postgres())
        GTEST_SKIP() << "only on SQLite: pg_dump has no check of its own";
    database->write([](db::Transaction& tx) {
        for (int i = 0; i < 3000; ++i)
            tx.apply("INSERT INTO note (text) VALUES ($1)", "note " + std::to_string(i));
    });
    const auto snapshot = db::Snapshot::take(url());
    // Moves the log's pages while the copy is being made, which would let a backup without a snapshot start over.
    std::vector<std::int64_t> done;
    snapshot->save(directory.file("saved"), [&](std::int64_t pages, std::int64_t) {
        done.push_back(pages);
        add("later " + std::to_string(done.size()));
    });
    EXPECT_TRUE(std::ranges::is_sorted(done));
    EXPECT_EQ(db::find_damage_in_copy(directory.file("saved")), "");
    EXPECT_FALSE(std::filesystem::exists(directory.file("saved-wal"))) << "looking changes nothing";

    std::fstream file(directory.file("saved"), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(8192);
    file << std::string(4096, 'x');
    file.close();
    EXPECT_NE(db::find_damage_in_copy(directory.file("saved")), "");
}

TEST_F(SnapshotTest, SaysInPlainWordsWhenThereIsNoDatabase)
{
    const auto words = [](const std::string& url) -> std::string {
        try {
            db::Snapshot::take(url);
        } catch (const db::Error& error) {
            return error.what();
        }
        return "taken";
    };
    EXPECT_THAT(words("sqlite:///" + directory.file("none").string()), HasSubstr("there is no file"));
    EXPECT_THAT(words("postgresql://gas:secret@127.0.0.1:1/gas"), Not(HasSubstr("secret")));
}

TEST_F(PostgresTools, AMissingOneIsNamed)
{
    const auto snapshot = db::Snapshot::take(url());
    ::setenv("PATH", directory.file("nowhere").c_str(), 1);
    EXPECT_THAT(save(*snapshot), AllOf(HasSubstr("pg_dump is not installed"), HasSubstr("postgresql-client")));
}

TEST_F(PostgresTools, AnOlderOneIsNamed)
{
    const auto snapshot = db::Snapshot::take(url());
    replace_program("pg_dump", "echo 'pg_dump (PostgreSQL) 9.6.24'");
    EXPECT_THAT(save(*snapshot), HasSubstr("pg_dump has version 9 and the server"));
}

TEST_F(PostgresTools, TheirWordsAreShownWhenTheyFail)
{
    const auto snapshot = db::Snapshot::take(url());
    replace_program(
        "pg_dump", "case $1 in --version) echo 'pg_dump (PostgreSQL) 99.1';; *) echo 'no room' >&2; exit 3;; esac");
    EXPECT_EQ(save(*snapshot), "pg_dump failed: no room");
}

TEST_F(PostgresTools, TheyGetThePasswordButNotAsAnArgument)
{
    const auto told = directory.file("told");
    replace_program("pg_dump", "case $1 in --version) echo 'pg_dump (PostgreSQL) 99.1';; *) echo \"$@\" >" +
                                   told.string() + "; echo \"password $PGPASSWORD\" >>" + told.string() + ";; esac");
    std::string with_password = url();
    with_password += "&password=it%27s%20secret";
    const auto snapshot = db::Snapshot::take(with_password);

    ASSERT_EQ(save(*snapshot), "saved");
    const std::string words = base::read_file(told);
    const std::string arguments = words.substr(0, words.find('\n'));
    EXPECT_THAT(arguments, AllOf(HasSubstr("--snapshot="), HasSubstr("dbname="), Not(HasSubstr("secret"))));
    EXPECT_THAT(words, HasSubstr("password it's secret"));
}
