// What a Django site leaves open is asked before anything is written, and never guessed.

#include "commands/import_django/import_test_support.hpp"

#include "commands/import_django/unclear.hpp"
#include "server/settings/config.hpp"

#include <gmock/gmock.h>

namespace commands::import_django {

namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class UnclearDjango : public DjangoImport
{
  protected:
    /// What stops the import; nothing may have been written then.
    std::string refusal()
    {
        try {
            take_over();
        } catch (const Refused& refused) {
            EXPECT_EQ(target.number("SELECT COUNT(*) FROM auth_user"), 0);
            EXPECT_EQ(target.number("SELECT COUNT(*) FROM import_row"), 0);
            return refused.what();
        }
        return "imported";
    }
    std::int64_t submitted(std::int64_t id)
    {
        return std::stoll(text("SELECT CAST(submitted_at AS TEXT) FROM service_servicerequest WHERE id = ", id));
    }
    std::string type_of(std::int64_t id)
    {
        return text(
            "SELECT t.slug FROM service_servicerequest r JOIN service_request_type t ON t.id = r.request_type_id"
            " WHERE r.id = ",
            id);
    }
    /// The types become a table that a column of this name refers to.
    void give_types_a_table(const std::string& column) const
    {
        site.run(fmt::format(R"(
            CREATE TABLE portal_category (id integer PRIMARY KEY, title varchar(50));
            INSERT INTO portal_category VALUES (7, 'Billing'), (8, 'Gas leak');
            ALTER TABLE service_servicerequest ADD COLUMN {0} integer REFERENCES portal_category (id);
            UPDATE service_servicerequest SET {0} = CASE WHEN id = 1 THEN 8 ELSE 7 END;
            ALTER TABLE service_servicerequest DROP COLUMN request_type)",
            column));
    }
};

} // namespace

TEST_F(UnclearDjango, TimesWithoutAZoneAreThoseOfTheZoneThatIsSaid)
{
    choices.zone = nullptr;
    EXPECT_THAT(refusal(), AllOf(HasSubstr("USE_TZ"), HasSubstr("--source-time-zone UTC")));
    EXPECT_THROW(rehearse(nullptr), Refused);

    // In summer, in the hour that clocks skip, and in the hour that they show twice.
    site.run("UPDATE service_servicerequest SET submitted_at = '2024-07-01 12:00:00' WHERE id = 1;"
             "UPDATE service_servicerequest SET submitted_at = '2024-03-10 02:30:00' WHERE id = 2;"
             "UPDATE service_servicerequest SET submitted_at = '2024-11-03 01:30:00' WHERE id = 3;"
             "UPDATE service_servicerequest SET submitted_at = '2024-07-01T12:00:00Z' WHERE id = 4");
    choices = parse_choices("America/New_York", {"status:waiting=Pending"});
    EXPECT_EQ(refusal(), "imported");
    EXPECT_EQ(submitted(1), 1719849600000) << "16:00 UTC";
    EXPECT_EQ(submitted(2), 1710054000000) << "07:00 UTC, when clocks are set forward";
    EXPECT_EQ(submitted(3), 1730611800000) << "05:30 UTC, the first of two";
    EXPECT_EQ(submitted(4), 1719835200000) << "with a zone of its own: 12:00 UTC";
}

TEST_F(UnclearDjango, UnknownWordsOfTheStatusAreNamedAllAtOnce)
{
    choices = parse_choices("UTC", {});
    site.run("UPDATE service_servicerequest SET status = 'R' WHERE id = 8");
    EXPECT_THAT(refusal(), AllOf(HasSubstr("2 unknown words"), HasSubstr("\"Waiting\""), HasSubstr("\"R\""),
                               HasSubstr("--map status:"), Not(HasSubstr("Closed"))));

    choices = parse_choices("UTC", {"status:waiting=Pending", "status:R=resolved", "status:closed=Pending"});
    EXPECT_EQ(refusal(), "imported");
    EXPECT_EQ(text("SELECT status FROM service_servicerequest WHERE id = ", 8), "Resolved");
    EXPECT_EQ(text("SELECT status FROM service_servicerequest WHERE id = ", 11), "Pending") << "what is said wins";
}

TEST_F(UnclearDjango, ATableOfTypesIsFoundByItsRowsWhateverTheColumnIsCalled)
{
    give_types_a_table("category_id");
    EXPECT_EQ(refusal(), "imported");
    EXPECT_EQ(type_of(1), "gas-leak");
    EXPECT_EQ(type_of(3), "billing");
    EXPECT_EQ(target.number("SELECT COUNT(*) FROM service_servicerequest WHERE is_emergency = 1"), 1);
}

TEST_F(UnclearDjango, WithoutATypeNothingIsImportedUnasked)
{
    give_types_a_table("concern_id");
    site.run("UPDATE portal_category SET title = 'A' || id");
    EXPECT_THAT(refusal(), AllOf(HasSubstr("no column of service_servicerequest looks like the type"),
                               HasSubstr("--map type=COLUMN"), HasSubstr("--map type=other")));
    choices.type_column = "concern";
    EXPECT_THAT(refusal(), AllOf(HasSubstr("no such column"), HasSubstr("concern_id")));
    choices.type_column = "concern_id";
    EXPECT_EQ(refusal(), "imported");
    EXPECT_EQ(type_of(1), "a8");
}

TEST_F(UnclearDjango, ThatThereIsNoTypeCanBeSaid)
{
    site.run("ALTER TABLE service_servicerequest DROP COLUMN request_type");
    choices.type_column = no_type_column;
    EXPECT_EQ(refusal(), "imported");
    EXPECT_EQ(type_of(1), "other");
}

TEST(DjangoChoices, WhatIsNotUnderstoodIsWrongUsage)
{
    EXPECT_THROW(parse_choices("Mars/Olympus", {}), server::UsageError);
    for (const char* map : {"", "type", "type=", "status=Pending", "status:=Pending", "status:x=Maybe", "kind=x"})
        EXPECT_THROW(parse_choices("", {map}), server::UsageError) << map;
}

} // namespace commands::import_django
