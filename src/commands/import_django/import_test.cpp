#include "commands/import_django/import_test_support.hpp"

#include "queue/queue.hpp"
#include "timeline/timeline.hpp"

#include <gmock/gmock.h>

namespace commands::import_django {

namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

} // namespace

TEST_F(DjangoImport, KeepsNumbersAndCounts)
{
    take_over();

    EXPECT_EQ(target.number("SELECT COUNT(*) FROM auth_user"), 10);
    EXPECT_EQ(target.number("SELECT COUNT(*) FROM service_account"), 3);
    EXPECT_EQ(target.number("SELECT COUNT(*) FROM service_servicerequest"), 9);
    EXPECT_EQ(target.number("SELECT COUNT(*) FROM service_comment"), 4);
    EXPECT_EQ(target.number("SELECT COUNT(*) FROM service_notification"), 2);
    // Every member of staff who wrote, once for each service request, and no customer.
    EXPECT_GT(target.number("SELECT COUNT(*) FROM service_participant"), 0);
    EXPECT_EQ(target.number("SELECT COUNT(*) FROM service_participant"),
        target.number("SELECT COUNT(*) FROM (SELECT DISTINCT c.service_request_id, c.user_id FROM service_comment c"
                      " JOIN auth_user u ON u.id = c.user_id WHERE u.role <> 'customer') written"));
    EXPECT_EQ(target.number("SELECT MAX(id) FROM service_servicerequest"), 11);
    EXPECT_EQ(target.number("SELECT SUM(value) FROM service_counter WHERE name = 'open'"), 6);
    EXPECT_EQ(target.number("SELECT public_comments FROM service_servicerequest WHERE id = 1"), 3);
    EXPECT_EQ(target.number("SELECT updated_at FROM service_servicerequest WHERE id = 1"), 1705050000000);
    // In whatever order the comments came.
    EXPECT_EQ(target.number("SELECT COUNT(*) FROM service_servicerequest WHERE first_answer_at IS NOT NULL"),
        target.number("SELECT COUNT(DISTINCT c.service_request_id) FROM service_comment c JOIN auth_user u"
                      " ON u.id = c.user_id WHERE c.visibility = 'public' AND u.role <> 'customer'"));
    EXPECT_EQ(target.number("SELECT COUNT(*) FROM service_servicerequest WHERE first_answer_at <>"
                            " (SELECT MIN(c.created_at) FROM service_comment c JOIN auth_user u ON u.id = c.user_id"
                            " WHERE c.service_request_id = service_servicerequest.id AND c.visibility = 'public'"
                            " AND u.role <> 'customer')"),
        0);
    EXPECT_EQ(target.number("SELECT COUNT(*) FROM service_notification WHERE is_read = 0"), 1);
}

TEST_F(DjangoImport, AnOldOpenLeakStandsOnTopOfTheQueueAndRingsNoBell)
{
    take_over();

    EXPECT_GT(
        target.number("SELECT COUNT(*) FROM service_servicerequest WHERE is_emergency = 1 AND status = 'Pending'"), 0);
    EXPECT_EQ(
        target.number("SELECT COUNT(*) FROM service_notification WHERE message LIKE 'A gas leak was reported%'"), 0);
}

TEST_F(DjangoImport, RolesFollowFlagsAndGroups)
{
    take_over();

    EXPECT_EQ(text("SELECT role FROM auth_user WHERE id = ", 1), "administrator");
    EXPECT_EQ(text("SELECT role FROM auth_user WHERE id = ", 2), "representative");
    EXPECT_EQ(text("SELECT role FROM auth_user WHERE id = ", 3), "supervisor");
    EXPECT_EQ(text("SELECT role FROM auth_user WHERE id = ", 4), "customer");
}

TEST_F(DjangoImport, ANameThatLooksLikeAnotherIsKeptAndNamed)
{
    site.run("UPDATE auth_user SET username = 'сustomеr0001' WHERE id = 8;" // with Cyrillic letters
             "UPDATE auth_user SET username = 'иванsmith' WHERE id = 9");

    const auto kept = of_kind(take_over(), "as it is");

    EXPECT_THAT(kept, Contains(HasSubstr("\"сustomеr0001\" (looks like another user's name: \"customer0001\")")));
    EXPECT_THAT(kept, Contains(HasSubstr("\"иванsmith\" (mixes Latin letters with Cyrillic")));
    EXPECT_EQ(text("SELECT username FROM auth_user WHERE id = ", 8), "сustomеr0001");
}

TEST_F(DjangoImport, EverybodySignsInWithTheirOwnPasswordOnly)
{
    take_over();

    EXPECT_TRUE(signs_in("admin", "admin-Pass-1"));
    EXPECT_TRUE(signs_in("customer0001", "demo-Pass-1"));
    EXPECT_TRUE(signs_in("Customer0001", "Other-Case-1")) << "by the own spelling, beside customer0001";
    EXPECT_FALSE(signs_in("CUSTOMER0001", "Other-Case-1")) << "either of the two may be meant";
    EXPECT_TRUE(signs_in("old.sha1", "sha1-Pass-1"));
    EXPECT_TRUE(signs_in("zoë@müller.example", "Grüße-✓-密码"));
    EXPECT_FALSE(signs_in("customer0001", "Other-Case-1"));
    EXPECT_FALSE(signs_in("CUSTOMER0001", "demo-Pass-1"));
    EXPECT_FALSE(signs_in("inactive", "demo-Pass-1"));
    EXPECT_FALSE(signs_in("no.password", ""));
    EXPECT_FALSE(signs_in("other hash", "$2b$12$abcdefghijklmnopqrstuv"));
}

TEST_F(DjangoImport, TextsStayWhateverOurFormsWouldSay)
{
    take_over();

    EXPECT_EQ(text("SELECT description FROM service_servicerequest WHERE id = ", 3), "First line\r\nSecond line\ttab");
    EXPECT_EQ(text("SELECT description FROM service_servicerequest WHERE id = ", 4), std::string(6000, 'x'));
    EXPECT_EQ(text("SELECT description FROM service_servicerequest WHERE id = ", 5), "");
    EXPECT_EQ(text("SELECT description FROM service_servicerequest WHERE id = ", 6), "bell\a");
    EXPECT_EQ(text("SELECT description FROM service_servicerequest WHERE id = ", 8), " leading and trailing spaces ");
    EXPECT_EQ(text("SELECT description FROM service_servicerequest WHERE id = ", 7), "broken \xEF\xBF\xBD.");
}

TEST_F(DjangoImport, EveryValueThatChangesIsTold)
{
    const Lines lines = take_over();

    const auto changed = of_kind(lines, "changed");
    EXPECT_THAT(changed, Contains(HasSubstr("service request 5, resolved at: \"\" -> \"2024-03-03T12:00:00Z\"")));
    EXPECT_THAT(changed, Contains(HasSubstr("service request 6, resolved at: \"2024-03-04 13:00:00\" -> \"\"")));
    EXPECT_THAT(changed, Contains(HasSubstr("service request 6, type: \"\" -> \"Other\"")));
    EXPECT_THAT(changed, Contains(HasSubstr("service request 7, status: \"Waiting\" -> \"Pending\"")));
    EXPECT_THAT(changed, Contains(HasSubstr("service request 7, description: \"broken \\xff.\"")));
    EXPECT_THAT(changed, Contains(HasSubstr("service request 11, status: \"Closed\" -> \"Resolved\"")));
    EXPECT_EQ(changed.size(), 6U) << fmt::format("{}", changed.back());
    const auto kept = of_kind(lines, "as it is");
    EXPECT_THAT(kept, Contains(HasSubstr("service request 4, description: \"xxx")));
    EXPECT_THAT(kept, Contains(HasSubstr("user 6, email: \"not an address\"")));
    EXPECT_THAT(kept, Contains(HasSubstr("account 3, number: \"GU OLD/5\"")));
    EXPECT_THAT(of_kind(lines, "skipped"), ElementsAre("skipped: comment 6 (its service request is missing)",
                                               "skipped: notification 4 (its user is missing)"));
    EXPECT_THAT(lines, Contains(HasSubstr("remark: user 12, password: bcrypt_sha256 (we do not compute such a hash")));
    EXPECT_THAT(lines, Contains(HasSubstr("request type \"Pipe Freeze\" is new here")));
    EXPECT_THAT(lines, Contains(HasSubstr("service_servicerequest.priority is not imported")));
    for (const std::string& line : lines)
        EXPECT_THAT(line, Not(HasSubstr("$2b$12"))) << "a hash is never shown";
}

TEST_F(DjangoImport, TypesAreFoundAsWordsAndAsSlugs)
{
    take_over();

    const auto type_of = [&](std::int64_t id) {
        return text(
            "SELECT t.name FROM service_request_type t JOIN service_servicerequest r ON r.request_type_id = t.id"
            " WHERE r.id = ",
            id);
    };
    EXPECT_EQ(type_of(1), "Gas Leak");
    EXPECT_EQ(type_of(2), "Gas Leak");
    EXPECT_EQ(type_of(4), "Meter Reading");
    EXPECT_EQ(type_of(5), "Pipe Freeze");
    EXPECT_EQ(type_of(6), "Other");
    EXPECT_EQ(target.number("SELECT is_emergency FROM service_servicerequest WHERE id = 2"), 1);
}

TEST_F(DjangoImport, TheTimelineTellsWhatHappenedInItsOrder)
{
    take_over();

    const auto lease = target->read();
    const base::Visitor sam{.user_id = UserId{2}, .role = base::Role::Representative, .username = "", .full_name = ""};
    const auto request = service_requests::get_service_request(*lease, sam, ServiceRequestId{1});
    std::vector<std::string> told;
    const base::Zone zone("UTC");
    const i18n::Language english;
    for (const auto& item : timeline::list_items(*lease, request, {i18n::Dates(english, zone, now), sam}))
        told.push_back(
            item.is_comment ? item.author + ": " + item.paragraphs.at(0) : std::string(events::kind_name(item.kind)));
    EXPECT_THAT(told, ElementsAre("submitted", "Barbara Garcia: I can hear a hissing sound.",
                          "Barbara Garcia: I have turned off the valve.", "Sam Support: The leak is closed.",
                          "resolved", "Barbara Garcia: Thank you."));
    EXPECT_EQ(request.address, "5626 Mill Dr, Des Moines, IA 50334");
    EXPECT_EQ(
        text("SELECT address_key FROM service_servicerequest WHERE id = ", 1), "5626 mill dr des moines ia 50334");
    EXPECT_EQ(base::to_millis(*request.resolved_at), 1704951990391);
}

TEST_F(DjangoImport, TheQueueFindsWhatWasTakenOver)
{
    take_over();

    search::Filter filter;
    filter.search = "hissing garcia";
    EXPECT_EQ(queue::list_queue(*target->read(), filter).size(), 1U);
}

TEST_F(DjangoImport, FilesAreTakenOverForDownloadAndNothingOutsideIsRead)
{
    const Lines lines = take_over();

    EXPECT_EQ(target.number("SELECT COUNT(*) FROM service_attachment"), 2);
    EXPECT_EQ(
        text(
            "SELECT name || ' ' || content_type || ' ' || size FROM service_attachment WHERE service_request_id = ", 2),
        "14-notes.txt application/octet-stream 20");
    EXPECT_EQ(text("SELECT content_type FROM service_attachment WHERE service_request_id = ", 1), "image/png");
    EXPECT_EQ(target.number("SELECT attachments FROM service_servicerequest WHERE id = 1"), 1);
    EXPECT_THAT(of_kind(lines, "missing file"),
        ElementsAre("missing file: service request 3: \"attachments/2024/01/7-gone.png\" (there is no such file)",
            "missing file: service request 7: \"../secret.txt\" (the name leads out of the media directory)",
            "missing file: service request 8: \"attachments/2024/01/link.txt\" (a symbolic link is not followed)",
            "missing file: service request 11: \"/etc/hostname\" (the name leads out of the media directory)"));
    EXPECT_THAT(of_kind(lines, "orphan file"),
        ElementsAre("orphan file: \"attachments/2024/01/orphan.txt\" belongs to no service request"));
}

TEST_F(DjangoImport, ARehearsalTellsTheSameAndWritesNothing)
{
    const Lines told = rehearse(nullptr);
    EXPECT_EQ(rehearse(look_at(target).get()), told);

    EXPECT_EQ(target.number("SELECT COUNT(*) FROM auth_user"), 0);
    EXPECT_EQ(target.number("SELECT COUNT(*) FROM import_source"), 0);
    EXPECT_FALSE(std::filesystem::exists(target.directory() / "attachments"));
    EXPECT_EQ(take_over(), told);
}

} // namespace commands::import_django
