#include "db/testing.hpp"

#include <thread>

namespace db {
namespace {

class Migrations : public testing::DatabaseTest
{
  protected:
    std::vector<Migration> known{
        {1, "0001_meters",
            "CREATE TABLE meter (id @id@, reading @bigint@ NOT NULL) @strict@; INSERT INTO meter VALUES (1, 5);"},
        {2, "0002_readings",
            "CREATE TABLE reading (id @id@, meter_id @bigint@ NOT NULL REFERENCES meter (id) ON DELETE CASCADE) "
            "@strict@;"
            "INSERT INTO reading (meter_id) VALUES (1);"},
    };
    std::int64_t meters() { return database->read()->query("SELECT count(*) FROM meter").integer(); }
    std::string failure()
    {
        try {
            migrate(*database, known);
        } catch (const Error& error) {
            return error.what();
        }
        return "";
    }
};

TEST_F(Migrations, AreAppliedInOrderOnce)
{
    EXPECT_EQ(pending_migrations(*database, known), (std::vector<std::string>{"0001_meters", "0002_readings"}));
    EXPECT_EQ(migrate(*database, known), (std::vector<std::string>{"0001_meters", "0002_readings"}));
    EXPECT_EQ(migrate(*database, known), std::vector<std::string>());
    EXPECT_TRUE(pending_migrations(*database, known).empty());
    EXPECT_EQ(meters(), 1);
    if (!is_postgres()) {
        EXPECT_EQ(database->read()->query("PRAGMA user_version").integer(), 2);
    }
}

TEST_F(Migrations, ApplyOnlyWhatIsNew)
{
    migrate(*database, std::span(known).first(1));
    EXPECT_EQ(pending_migrations(*database, known), std::vector<std::string>{"0002_readings"});
    EXPECT_EQ(migrate(*database, known), std::vector<std::string>{"0002_readings"});
    EXPECT_EQ(meters(), 1);
}

TEST_F(Migrations, RecordNameChecksumAndTime)
{
    migrate(*database, known);

    const auto lease = database->read();
    Rows rows = lease->query("SELECT number, name, length(checksum), applied_at > 1600000000000 FROM schema_migration");
    const auto recorded = rows.first([](Row row) {
        return std::to_string(row.integer(0)) + row.string(1) + std::to_string(row.integer(2)) + row.string(3);
    });
    EXPECT_EQ(recorded, "10001_meters641");
}

TEST_F(Migrations, RefuseAnAppliedOneThatWasEdited)
{
    migrate(*database, std::span(known).first(1));
    known[0].sql = "CREATE TABLE meter (id @id@) @strict@";

    EXPECT_NE(failure().find("0001_meters was applied with another text"), std::string::npos);
    EXPECT_THROW(pending_migrations(*database, known), Error);
    EXPECT_EQ(database->read()->query("SELECT count(*) FROM schema_migration").integer(), 1);
}

TEST_F(Migrations, TakeATextFromBeforeTheTokenForTheSame)
{
    known[0].sql = "CREATE TABLE meter (maker TEXT NOT NULL) @strict@";
    migrate(*database, std::span(known).first(1));
    known[0].sql = "CREATE TABLE meter (maker @text@ NOT NULL) @strict@";

    EXPECT_TRUE(pending_migrations(*database, std::span(known).first(1)).empty());
}

TEST_F(Migrations, RefuseADatabaseNewerThanTheProgram)
{
    migrate(*database, known);
    known.pop_back();

    EXPECT_NE(failure().find("newer than this program"), std::string::npos);
    EXPECT_THROW(pending_migrations(*database, known), Error);
}

TEST_F(Migrations, AreUndoneWholeWhenTheyFail)
{
    known[1].sql = "INSERT INTO meter VALUES (2, 6); CREATE TABLE broken (";

    EXPECT_NE(failure().find("0002_readings failed"), std::string::npos);

    EXPECT_EQ(meters(), 1);
    EXPECT_EQ(pending_migrations(*database, known), std::vector<std::string>{"0002_readings"});
    EXPECT_NO_THROW(add("the writer goes on"));
}

TEST_F(Migrations, MayNotLeaveDanglingReferences)
{
    if (is_postgres())
        GTEST_SKIP() << "only on SQLite: PostgreSQL never stops checking references";
    known.push_back({3, "0003_dangling", "DELETE FROM meter"});

    EXPECT_NE(failure().find("rows of reading refer to rows that do not exist"), std::string::npos);

    EXPECT_EQ(meters(), 1);
}

TEST_F(Migrations, RebuildATableWithoutLosingWhatRefersToIt)
{
    if (is_postgres())
        GTEST_SKIP() << "only on SQLite: PostgreSQL alters tables in place";
    known.push_back({3, "0003_rebuild",
        "CREATE TABLE meter_new (id @id@, reading @bigint@) @strict@; INSERT INTO meter_new SELECT id, reading FROM "
        "meter;"
        "DROP TABLE meter; ALTER TABLE meter_new RENAME TO meter;"});
    migrate(*database, known);

    EXPECT_EQ(database->read()->query("SELECT count(*) FROM reading").integer(), 1);
    EXPECT_THROW(database->write([](Transaction& tx) { tx.apply("INSERT INTO reading (meter_id) VALUES (99)"); }),
        ConstraintViolation);
}

TEST_F(Migrations, KeepReferencesCheckedAfterAFailure)
{
    migrate(*database, known);
    known.push_back({3, "0003_broken", "CREATE TABLE broken ("});
    EXPECT_NE(failure(), "");

    EXPECT_THROW(database->write([](Transaction& tx) { tx.apply("INSERT INTO reading (meter_id) VALUES (99)"); }),
        ConstraintViolation);
}

TEST_F(Migrations, MayNotEndTheirTransactionThemselves)
{
    known[1].sql = "COMMIT; BEGIN";

    EXPECT_NE(failure().find("0002_readings failed"), std::string::npos);
}

TEST_F(Migrations, StartedTwiceAtOnceAreAppliedOnce)
{
    {
        std::vector<std::jthread> starters;
        for (int i = 0; i < 4; ++i)
            starters.emplace_back([&] { migrate(*database, known); });
    }

    EXPECT_EQ(meters(), 1);
}

TEST_F(Migrations, SortTextByBytesOnBothEngines)
{
    known[0].sql = "CREATE TABLE meter (id @id@, maker @text@ NOT NULL DEFAULT '') @strict@;"
                   "INSERT INTO meter (maker) SELECT CAST(7 AS TEXT);"
                   "INSERT INTO meter (maker) VALUES ('b'), ('a'), ('B'), ('é'), ('-c');";
    migrate(*database, std::span(known).first(1));

    const auto lease = database->read();
    const auto makers =
        map_rows(lease->query("SELECT maker FROM meter ORDER BY maker"), [](Row row) { return row.string(0); });
    EXPECT_EQ(makers, (std::vector<std::string>{"-c", "7", "B", "a", "b", "é"}));
}

TEST_F(Migrations, BuiltIntoTheProgramApplyToAnEmptyDatabase)
{
    const std::size_t count = migrations(database->engine()).size();

    EXPECT_EQ(migrate(*database).size(), count);
    EXPECT_TRUE(pending_migrations(*database).empty());
}

} // namespace
} // namespace db
