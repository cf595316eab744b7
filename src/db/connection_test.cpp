#include "db/testing.hpp"

#include <limits>
#include <optional>

namespace db {
namespace {

using namespace std::string_literals;

class Statements : public testing::DatabaseTest
{
  protected:
    /// The value as a read after a committed write sees it.
    std::string text_back(const Value& value)
    {
        write_back("text", value);
        return database->read()->query("SELECT text FROM note").first([](Row row) { return row.string(0); }).value();
    }
    bool is_null_back(const Value& value)
    {
        write_back("text", value);
        return database->read()->query("SELECT text FROM note").first([](Row row) { return row.is_null(0); }).value();
    }
    std::int64_t integer_back(const Value& value)
    {
        write_back("number", value);
        return database->read()->query("SELECT number FROM note").integer();
    }

  private:
    void write_back(std::string_view column, const Value& value)
    {
        database->write([&](Transaction& tx) {
            tx.apply("DELETE FROM note");
            if (column == "text")
                tx.apply("INSERT INTO note (text) VALUES ($1)", value);
            else
                tx.apply("INSERT INTO note (number) VALUES ($1)", value);
        });
    }
};

TEST_F(Statements, KeepSixtyFourBitIntegersWhole)
{
    for (const std::int64_t number : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1'700'000'314'575},
             std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()})
        EXPECT_EQ(integer_back(number), number);
}

TEST_F(Statements, TellEmptyTextFromNull)
{
    EXPECT_FALSE(is_null_back(""));
    EXPECT_FALSE(is_null_back(std::string_view()));
    EXPECT_TRUE(is_null_back(std::nullopt));
    EXPECT_TRUE(is_null_back(std::optional<std::string>()));
    EXPECT_TRUE(is_null_back(UserId()));
    EXPECT_FALSE(is_null_back(std::optional<std::string>("")));
    EXPECT_EQ(text_back(std::nullopt), "");
}

TEST_F(Statements, KeepTextByteForByte)
{
    for (const std::string& text : {"Nuñez 漢字 🔥"s, "line\r\nline"s, std::string(100'000, 'x')})
        EXPECT_EQ(text_back(text), text);
}

TEST_F(Statements, KeepAZeroByteOrRefuseItButNeverCutTheText)
{
    const std::string text = "before\0after"s;
    if (is_postgres()) {
        EXPECT_THROW(text_back(text), Error);
    } else {
        EXPECT_EQ(text_back(text), text);
    }
}

TEST_F(Statements, RefuseMalformedTextWhereTheEngineDoes)
{
    if (!is_postgres())
        GTEST_SKIP() << "only on PostgreSQL: SQLite keeps bytes as they are";
    EXPECT_THROW(add("\xff\xfe"), Error);
    EXPECT_EQ(count(), 0);
}

TEST_F(Statements, KeepBlobsByteForByte)
{
    const std::string bytes = "\x00\xff\xfe\x00\x80"s;

    database->write([&](Transaction& tx) {
        tx.apply("INSERT INTO note (bytes) VALUES ($1), ($2)", Value::blob(bytes), Value::blob(""));
    });

    const auto lease = database->read();
    const auto kept = map_rows(lease->query("SELECT bytes, length(bytes) FROM note ORDER BY id"),
        [](Row row) { return row.string(0) + row.string(1); });
    EXPECT_EQ(kept, (std::vector<std::string>{bytes + "5", "0"}));
}

TEST_F(Statements, ReadTimesIdsAndTruthAsTyped)
{
    const auto lease = database->read();
    Rows rows = lease->query("SELECT $1, $2, $3, $4, NULL", base::from_millis(1234), UserId(7), true, false);

    const bool checked = rows.first([](Row row) {
                                 EXPECT_EQ(row.time(0), base::from_millis(1234));
                                 EXPECT_EQ(row.optional_time(0), base::from_millis(1234));
                                 EXPECT_EQ(row.id<UserId>(1), UserId(7));
                                 EXPECT_TRUE(row.boolean(2));
                                 EXPECT_FALSE(row.boolean(3));
                                 EXPECT_EQ(row.optional_time(4), std::nullopt);
                                 EXPECT_EQ(row.id<UserId>(4), UserId());
                                 return true;
                             })
                             .value();

    EXPECT_TRUE(checked);
}

TEST_F(Statements, NumberParametersByTheirNameNotTheirPlace)
{
    const auto lease = database->read();
    Rows rows = lease->query("SELECT $2 || $1 || $2 || $10 || $3 || $4 || $5 || $6 || $7 || $8 || $9", "a", "b", "c",
        "d", "e", "f", "g", "h", "i", "j");

    EXPECT_EQ(rows.first([](Row row) { return row.string(0); }), "babjcdefghi");
}

TEST_F(Statements, RefuseMissingAndExtraValues)
{
    const auto lease = database->read();

    EXPECT_THROW(lease->query("SELECT $1 + $2", 1), Error);
    EXPECT_THROW(lease->query("SELECT $1", 1, 2), Error);
    EXPECT_THROW(lease->query("SELECT $1 + $3", 1, 2), Error);
    EXPECT_THROW(lease->query("SELECT ?", 1), Error);
}

TEST_F(Statements, RefuseASecondStatementInTheSameText)
{
    EXPECT_THROW(database->read()->query("SELECT 1; SELECT 2"), Error);
    EXPECT_THROW(database->read()->query(""), Error);
    EXPECT_EQ(database->read()->query("SELECT 1; ").integer(), 1);
}

TEST_F(Statements, OutliveTheTemporariesBoundToThem)
{
    const auto lease = database->read();

    Rows rows = lease->query("SELECT $1 || $2 UNION ALL SELECT $2 || $1", std::string(50, 'a'), std::string(50, 'b'));

    const auto texts = map_rows(std::move(rows), [](Row row) { return row.string(0); });
    EXPECT_EQ(
        texts, (std::vector{std::string(50, 'a') + std::string(50, 'b'), std::string(50, 'b') + std::string(50, 'a')}));
}

TEST_F(Statements, NestWithTheSameText)
{
    const auto lease = database->read();
    const auto digits = [&] { return lease->query("SELECT column1 FROM (VALUES (1), (2), (3)) AS digit"); };
    std::string seen;

    for (const Row outer : digits()) {
        for (const Row inner : digits())
            seen += std::to_string(outer.integer(0) * inner.integer(0)) + " ";
    }

    EXPECT_EQ(seen, "1 2 3 2 4 6 3 6 9 ");
}

TEST_F(Statements, CanBeUsedAgainAfterAnError)
{
    add("Mei");
    for (int i = 0; i < 3; ++i)
        EXPECT_THROW(add("Mei"), ConstraintViolation);

    EXPECT_NO_THROW(add("Omar"));
    EXPECT_EQ(count(), 2);
}

TEST_F(Statements, BuiltFromPartsBindInOrder)
{
    for (const auto* name : {"Mei", "Omar", "Ravi"})
        add(name);
    SqlBuilder list("SELECT text FROM note WHERE 1 = 1");
    {
        const std::string gone = "Omar";
        list.add(" AND text <> ")
            .bind(gone)
            .add(" AND id < ")
            .bind(100)
            .add(" AND bytes IS DISTINCT FROM ")
            .bind(Value::blob("x"));
    }
    const SqlBuilder moved = std::move(list);

    const auto lease = database->read();
    const auto names = map_rows(lease->query(moved), [](Row row) { return row.string(0); });

    EXPECT_EQ(
        moved.text(), "SELECT text FROM note WHERE 1 = 1 AND text <> $1 AND id < $2 AND bytes IS DISTINCT FROM $3");
    EXPECT_EQ(names, (std::vector<std::string>{"Mei", "Ravi"}));
}

TEST_F(Statements, BuiltInManyVariantsStayRightWhileSomeAreRead)
{
    const auto lease = database->read();
    SqlBuilder first("SELECT 1");
    Rows open_rows = lease->query(first);
    for (int variant = 1; variant < 300; ++variant) {
        SqlBuilder sum("SELECT 0");
        for (int i = 0; i < variant; ++i)
            sum.add(" + ").bind(i);
        EXPECT_EQ(lease->query(sum).integer(), variant * (variant - 1) / 2);
    }

    EXPECT_EQ(open_rows.integer(), 1);
}

TEST_F(Statements, CountTheRowsTheyChanged)
{
    add("Mei");
    add("Omar");

    database->write([](Transaction& tx) {
        EXPECT_EQ(tx.execute("UPDATE note SET number = 1"), 2);
        EXPECT_EQ(tx.execute("SELECT 1"), 0);
        EXPECT_EQ(tx.execute("UPDATE note SET number = 1 WHERE id = $1", 99), 0);
        EXPECT_EQ(tx.execute("DELETE FROM note WHERE text = $1 RETURNING id", "Mei"), 1);
    });
}

} // namespace
} // namespace db
