#include "commands/import_django/import.hpp"

#include "actions/change_status.hpp"
#include "commands/commands.hpp"
#include "commands/import_django/source/layout.hpp"
#include "queue/queue.hpp"
#include "sign_in/password.hpp"
#include "storage/local_store.hpp"
#include "support/django_site.hpp"
#include "support/fake_clock.hpp"
#include "timeline/timeline.hpp"
#include "users/credentials.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

namespace commands::import_django {

namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

using Lines = std::vector<std::string>;

class DjangoImport : public ::testing::Test
{
  protected:
    struct Killed
    {
    };

    /// Into the test's database; dies after the page of this number.
    Lines take_over(int dies_after = INT_MAX) { return take_over_into(target, dies_after); }

    Lines take_over_into(support::TestDatabase& into, int dies_after = INT_MAX)
    {
        storage::LocalStore store(into.directory() / "attachments");
        return run([&](Import& taking) { taking.run({.database = *into, .store = store}); }, dies_after);
    }

    Lines rehearse(db::ForeignDatabase* beside)
    {
        return run([&](Import& taking) { taking.rehearse(beside); }, INT_MAX);
    }

    std::unique_ptr<db::ForeignDatabase> look_at(const support::TestDatabase& database) const
    {
        return db::ForeignDatabase::open(database.url());
    }

    std::string text(db::Sql sql, std::int64_t id = 0)
    {
        db::SqlBuilder built(sql);
        if (id != 0)
            built.bind(id);
        return target->read()->query(built).first([](const db::Row& row) { return row.string(0); }).value_or("none");
    }

    bool signs_in(const std::string& username, const std::string& password)
    {
        const auto found = users::find_credentials(*target->read(), username, {});
        return found && sign_in::check_password(password, found->password_hash) != sign_in::PasswordCheck::Wrong;
    }

    support::DjangoSite site;
    support::TestDatabase target;
    base::Time now = base::from_millis(1'800'000'000'000);

  private:
    template <typename Work>
    Lines run(Work&& work, int dies_after)
    {
        const auto source = db::ForeignDatabase::open(site.url());
        const Media media(site.media());
        Lines lines;
        Report report([&](std::string_view line) { lines.emplace_back(line); });
        int pages = 0;
        Import taking(
            {.database = *source, .media = media}, report, now, [&](std::string_view, std::int64_t, std::int64_t) {
                if (++pages > dies_after)
                    throw Killed();
            });
        work(taking);
        return lines;
    }
};

/// Everything that an import writes, without what is random.
std::string contents(const support::TestDatabase& database)
{
    std::string all;
    const auto add = [&](db::Sql sql) {
        const auto lease = database->read();
        for (const db::Row row : lease->query(sql))
            all += row.string(0) + '\n';
    };
    add("SELECT id || '|' || username || '|' || password || '|' || role || '|' || is_active || '|' || date_joined || "
        "'|' ||"
        " COALESCE(last_login, 0) || '|' || search_text || '|' || version FROM auth_user ORDER BY id");
    add("SELECT id || '|' || account_number || '|' || address || '|' || COALESCE(user_id, 0) || '|' || version"
        " FROM service_account ORDER BY id");
    add("SELECT account_id || '|' || user_id FROM service_account_user ORDER BY account_id, user_id");
    add("SELECT id || '|' || COALESCE(user_id, 0) || '|' || request_type_id || '|' || description || '|' || status || "
        "'|' ||"
        " submitted_at || '|' || COALESCE(resolved_at, 0) || '|' || updated_at || '|' || address_key || '|' ||"
        " public_comments || '|' || attachments || '|' || version FROM service_servicerequest ORDER BY id");
    add("SELECT id || '|' || service_request_id || '|' || COALESCE(user_id, 0) || '|' || text || '|' || created_at"
        " FROM service_comment ORDER BY id");
    add("SELECT service_request_id || '|' || user_id FROM service_participant ORDER BY service_request_id, user_id");
    add("SELECT id || '|' || user_id || '|' || service_request_id || '|' || message || '|' || is_read"
        " FROM service_notification ORDER BY id");
    add("SELECT service_request_id || '|' || name || '|' || content_type || '|' || size || '|' || sha256 || '|' || "
        "created_at"
        " FROM service_attachment ORDER BY service_request_id, id");
    add("SELECT subject || '|' || subject_id || '|' || COALESCE(actor_id, 0) || '|' || kind || '|' || visibility || "
        "'|' ||"
        " after_value || '|' || COALESCE(comment_id, 0) || '|' || created_at FROM service_event"
        " ORDER BY subject, subject_id, id");
    add("SELECT slug || '|' || name FROM service_request_type ORDER BY id");
    add("SELECT CAST(SUM(value) AS TEXT) FROM service_counter WHERE name = 'open'");
    add("SELECT subject || '|' || source_id || '|' || target_id || '|' || digest || '|' || version FROM import_row"
        " WHERE subject <> 'attachment' ORDER BY subject, source_id");
    return all;
}

std::vector<std::string> of_kind(const Lines& lines, std::string_view kind)
{
    std::vector<std::string> found;
    for (const std::string& line : lines)
        if (line.starts_with(std::string(kind) + ": "))
            found.push_back(line);
    return found;
}

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

TEST_F(DjangoImport, EverybodySignsInWithTheirOwnPasswordOnly)
{
    take_over();

    EXPECT_TRUE(signs_in("admin", "admin-Pass-1"));
    EXPECT_TRUE(signs_in("customer0001", "demo-Pass-1"));
    EXPECT_TRUE(signs_in("Customer0001", "Other-Case-1"));
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
    EXPECT_THAT(lines, Contains(HasSubstr("user 12, password: another kind of hash (\"bcrypt_sha256\")")));
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
        text("SELECT address_key FROM service_servicerequest WHERE id = ", 1), "5626 mill dr, des moines, ia 50334");
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
        take_over_into(killed);
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
    EXPECT_THROW(commands::import_django::find_layout(*ours), Refused);
    site.run("DROP TABLE service_servicerequest");
    EXPECT_THROW(take_over(), Refused);
}

} // namespace commands::import_django
