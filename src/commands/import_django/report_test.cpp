#include "commands/import_django/import_test_support.hpp"

#include <gmock/gmock.h>

namespace commands::import_django {

namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view user_columns =
    "INSERT INTO auth_user (id, username, password, is_superuser, is_staff, is_active, first_name, last_name, email,"
    " date_joined) VALUES ";

std::string user(int id, std::string_view name, std::string_view password = "!")
{
    return fmt::format(
        "{}({}, '{}', '{}', 0, 0, 1, '', '', '', '2024-01-01 00:00:00');", user_columns, id, name, password);
}

TEST_F(DjangoImport, ADryRunTellsOfEveryNameAndNumberThatIsTakenByAnEarlierRow)
{
    site.run(user(20, "bob") + user(21, "bob ") + user(22, "") + user(23, " "));
    site.run("UPDATE service_account SET account_number = CAST(x'4755ff' AS TEXT) WHERE id = 1;"
             "UPDATE service_account SET account_number = CAST(x'4755fe' AS TEXT) WHERE id = 2");

    const Lines told = rehearse(nullptr);

    EXPECT_THAT(
        told, Contains("changed: user 21, user name: \"bob\" -> \"bob+21\" (somebody else here has this name)"));
    EXPECT_THAT(told, Contains(HasSubstr("-> \"+23\" (somebody else here has this name)")));
    EXPECT_THAT(
        told, Contains(AllOf(HasSubstr("account 2, number: "), HasSubstr("another account here has this number"))));
    EXPECT_EQ(take_over(), told);
}

TEST_F(DjangoImport, ADryRunTellsOfEveryNumberThatAMovedRowTakesFromTheNext)
{
    take_over();
    target->write([](db::Transaction& tx) {
        for (int i = 0; i < 2; ++i)
            tx.apply("INSERT INTO service_comment (service_request_id, user_id, text, created_at)"
                     " VALUES (1, 4, 'Written here', 1800000000000)");
    });
    // Numbers 5 and 6 are taken here, so 5 becomes 7, which 7 would have.
    site.run("INSERT INTO service_comment (id, text, created_at, service_request_id, user_id)"
             " VALUES (5, 'a', '2024-04-01 00:00:00', 1, 4), (7, 'b', '2024-04-01 00:00:00', 1, 4)");

    const Lines told = rehearse(look_at(target).get());

    EXPECT_THAT(of_kind(told, "changed"),
        ElementsAre(HasSubstr("comment 5, number: \"5\" -> \"7\""), HasSubstr("comment 7, number: \"7\" -> \"8\"")));
    EXPECT_EQ(of_kind(take_over(), "changed"), of_kind(told, "changed"));
}

TEST_F(DjangoImport, APasswordIsNeverShown)
{
    site.run(user(20, "plain", "Right-Pass-1") + user(21, "half", "Right$Pass") +
             user(22, "digits", "92c2c4e3b996b3b7213a") + user(23, "wrapped", "md5$salt$92c2c4e3b996b3b7213a"));

    const Lines lines = take_over();

    EXPECT_THAT(lines, Not(Contains(AnyOf(HasSubstr("Right"), HasSubstr("92c2"), HasSubstr("Pass")))));
    EXPECT_THAT(lines, Contains(HasSubstr("user 20, password: without the name of a method (")));
    EXPECT_THAT(lines, Contains(HasSubstr("user 23, password: md5 (")));
}

TEST_F(DjangoImport, EachReasonIsToldOnceWithItsFirstRows)
{
    std::string script;
    for (int id = 100; id < 110; ++id)
        script += fmt::format("INSERT INTO service_servicerequest (id, request_type, description, attachment, status,"
                              " submitted_at, user_id) VALUES ({}, 'Billing', 'Text', '', 'Closed', '2024-04-01', 4);",
            id);
    site.run(script);

    take_over();

    const auto reason = std::find(
        by_reason.begin(), by_reason.end(), "changed: service request, status: 12 rows (the same in our words)");
    ASSERT_NE(reason, by_reason.end());
    EXPECT_THAT(Lines(reason + 1, reason + 7),
        ElementsAre("    7: \"Waiting\" -> \"Pending\"", "    11: \"Closed\" -> \"Resolved\"", HasSubstr("    100: "),
            HasSubstr("    101: "), HasSubstr("    102: "), "    and 7 more"));
}

TEST_F(DjangoImport, AFileIsFoundHoweverTheDiskSpellsItsAccents)
{
    constexpr std::string_view composed = "attachments/2024/02/Caf\u00E9.txt";
    constexpr std::string_view decomposed = "attachments/2024/02/Cafe\u0301.txt";
    site.add_file(composed, "One coffee.");
    site.run(fmt::format("UPDATE service_servicerequest SET attachment = '{}' WHERE id = 4", decomposed));

    const Lines lines = take_over();

    EXPECT_THAT(of_kind(lines, "missing file"), Not(Contains(HasSubstr("service request 4"))));
    EXPECT_THAT(of_kind(lines, "orphan file"), Not(Contains(HasSubstr("Caf"))));
    EXPECT_EQ(target.number("SELECT COUNT(*) FROM service_attachment WHERE service_request_id = 4"), 1);
}

} // namespace

} // namespace commands::import_django
