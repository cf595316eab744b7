// The import for the second time: started again after it was killed, after changes at the source, and here.

#include "commands/import_django/import_test_support.hpp"

#include "actions/change_status.hpp"
#include "server/opening/site_state.hpp"

#include <gmock/gmock.h>

namespace commands::import_django {

namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

} // namespace

TEST_F(DjangoImport, ASecondRunChangesNothing)
{
    take_over();
    const std::string before = contents(target);

    const Lines again = take_over();

    EXPECT_EQ(contents(target), before);
    EXPECT_THAT(of_kind(again, "changed"), IsEmpty());
    EXPECT_EQ(target.number("SELECT COUNT(*) FROM service_attachment"), 2);
    EXPECT_THAT(of_kind(rehearse(look_at(target).get()), "changed"), IsEmpty());
}

TEST_F(DjangoImport, KilledAnywhereAndStartedAgainItEndsTheSame)
{
    support::TestDatabase whole;
    take_over_into(whole);
    const std::string expected = contents(whole);
    for (int pages = 0; pages < 7; ++pages) {
        support::TestDatabase killed;
        EXPECT_THROW(take_over_into(killed, pages), Killed) << pages;
        EXPECT_EQ(server::site_state(*killed).unfinished, server::Unfinished::Import) << pages;
        take_over_into(killed);
        EXPECT_EQ(server::site_state(*killed).unfinished, server::Unfinished::Nothing);
        EXPECT_EQ(contents(killed), expected) << "killed after page " << pages;
    }
}

TEST_F(DjangoImport, WhatIsNewInTheSourceIsTakenOverByTheNextRun)
{
    take_over();
    site.run(
        "INSERT INTO service_servicerequest (id, request_type, description, attachment, status, submitted_at, user_id)"
        " VALUES (12, 'Billing', 'A new one', 'attachments/new.txt', 'Pending', '2024-04-01 00:00:00', 4);"
        "INSERT INTO service_comment (text, created_at, service_request_id, user_id)"
        " VALUES ('Later', '2024-04-02 00:00:00', 3, 2);"
        "UPDATE service_servicerequest SET status = 'Resolved', resolved_at = '2024-04-03 00:00:00' WHERE id = 2;"
        "DELETE FROM service_notification WHERE id = 2");
    site.add_file("attachments/new.txt", "new");

    const Lines lines = take_over();

    EXPECT_EQ(text("SELECT description FROM service_servicerequest WHERE id = ", 12), "A new one");
    EXPECT_EQ(target.number("SELECT COUNT(*) FROM service_attachment WHERE service_request_id = 12"), 1);
    EXPECT_EQ(target.number("SELECT public_comments FROM service_servicerequest WHERE id = 3"), 1);
    EXPECT_EQ(text("SELECT status FROM service_servicerequest WHERE id = ", 2), "Resolved");
    EXPECT_EQ(target.number("SELECT COUNT(*) FROM service_event WHERE subject_id = 2 AND kind = 'resolved'"), 1);
    EXPECT_EQ(target.number("SELECT SUM(value) FROM service_counter WHERE name = 'open'"), 6);
    EXPECT_THAT(lines, Contains(HasSubstr("1 of notification that were imported before are no longer in the source")));
    EXPECT_EQ(contents(target), (take_over(), contents(target)));
}

TEST_F(DjangoImport, WhatWasChangedHereIsNotOverwritten)
{
    take_over();
    target->write([](db::Transaction& tx) {
        const base::Visitor sam{
            .user_id = UserId{2}, .role = base::Role::Representative, .username = "", .full_name = ""};
        actions::change_status(tx, {.visitor = sam, .at = base::from_millis(1'800'000'000'500)},
            {.service_request = ServiceRequestId{3}, .status = service_requests::Status::Resolved, .version = 1});
        tx.apply("UPDATE auth_user SET password = '$argon2id$own' WHERE id = 4");
    });
    site.run("UPDATE service_servicerequest SET description = 'Edited there' WHERE id = 3;"
             "UPDATE auth_user SET password = '!', first_name = 'Barb' WHERE id = 4");

    const Lines lines = take_over();

    EXPECT_EQ(text("SELECT description FROM service_servicerequest WHERE id = ", 3), "First line\r\nSecond line\ttab");
    EXPECT_EQ(text("SELECT status FROM service_servicerequest WHERE id = ", 3), "Resolved");
    EXPECT_THAT(of_kind(lines, "kept ours"),
        ElementsAre("kept ours: service request 3 (changed here and in the source since the last run)"));
    EXPECT_EQ(text("SELECT password FROM auth_user WHERE id = ", 4), "$argon2id$own");
    EXPECT_EQ(text("SELECT first_name FROM auth_user WHERE id = ", 4), "Barb");
}

TEST_F(DjangoImport, ANumberThatWasGivenHereMeanwhileIsNotTakenAway)
{
    take_over();
    target->write([](db::Transaction& tx) {
        service_requests::add_service_request(tx,
            {.user_id = UserId{7},
                .account_id = {},
                .type_id = RequestTypeId{1},
                .description = "Made here",
                .address = "",
                .contact_name = "",
                .contact_phone = "",
                .follow_hash = ""},
            base::from_millis(1'800'000'000'000));
    });
    site.run(
        "INSERT INTO service_servicerequest (id, request_type, description, attachment, status, submitted_at, user_id)"
        " VALUES (12, 'Billing', 'Made there', '', 'Pending', '2024-04-01 00:00:00', 4);"
        "INSERT INTO service_comment (text, created_at, service_request_id, user_id)"
        " VALUES ('On the one there', '2024-04-02 00:00:00', 12, 4)");

    const Lines lines = take_over();

    EXPECT_EQ(text("SELECT description FROM service_servicerequest WHERE id = ", 12), "Made here");
    EXPECT_EQ(text("SELECT description FROM service_servicerequest WHERE id = ", 13), "Made there");
    EXPECT_EQ(text("SELECT text FROM service_comment WHERE service_request_id = ", 13), "On the one there");
    EXPECT_THAT(of_kind(lines, "changed"), ElementsAre(HasSubstr("service request 12, number: \"12\" -> \"13\"")));
    const std::string before = contents(target);
    take_over();
    EXPECT_EQ(contents(target), before);
}

TEST_F(DjangoImport, ADatabaseWithOtherPeopleIsRefused)
{
    target->write([](db::Transaction& tx) {
        users::add_user(tx, {.username = "mei", .password_hash = "!"}, base::from_millis(0));
    });

    EXPECT_THROW(take_over(), Refused);
    EXPECT_THROW(rehearse(look_at(target).get()), Refused);
    EXPECT_EQ(target.number("SELECT COUNT(*) FROM auth_user"), 1);
    EXPECT_EQ(target.number("SELECT COUNT(*) FROM import_source"), 0);
}

TEST_F(DjangoImport, ASecondSiteIsNotMixedIn)
{
    take_over();
    site.run("UPDATE django_migrations SET applied = '2020-01-01 00:00:00'");

    EXPECT_THROW(take_over(), Refused);
    EXPECT_THROW(rehearse(look_at(target).get()), Refused);
}

TEST_F(DjangoImport, WhatIsNoSuchSiteIsRefusedInWords)
{
    const auto ours = look_at(target);
    EXPECT_THROW(commands::import_django::find_layout(*ours, choices), Refused);
    site.run("DROP TABLE service_servicerequest");
    EXPECT_THROW(take_over(), Refused);
}

} // namespace commands::import_django
