#include "commands/demo/demo.hpp"

#include "commands/demo/enclosure.hpp"
#include "storage/local_store.hpp"
#include "users/credentials.hpp"

#include "accounts/account.hpp"
#include "base/crypto.hpp"
#include "base/file.hpp"
#include "notifications/notification.hpp"
#include "queue/queue.hpp"
#include "server/opening/open.hpp"
#include "service_requests/service_request.hpp"
#include "sign_in/password.hpp"
#include "storage/local_store.hpp"
#include "support/cast.hpp"
#include "support/fake_clock.hpp"
#include "support/test_database.hpp"
#include "users/user.hpp"

#include <gmock/gmock.h>

#include <cerrno>
#include <filesystem>

namespace {

using commands::DemoOptions;
using server::Refused;
using testing::AllOf;
using testing::Each;
using testing::Ge;
using testing::HasSubstr;
using testing::Le;
using testing::Not;
using testing::SizeIs;

constexpr base::Time now = support::FakeClock::start;

/// A database with a directory of attachments beside it.
struct Site
{
    support::TestDatabase database;
    storage::LocalStore store{database.directory() / "attachments"};
    base::Zone zone{"America/New_York"};

    void make_town(const DemoOptions& options = {.customers = 7, .requests = 42})
    {
        commands::demo::make_town(*database, store,
            {.options = options, .password_hash = support::cheap_hash("brass-kettle-41"), .now = now, .zone = zone});
    }

    std::string refusal(const DemoOptions& options = {.customers = 2, .requests = 4})
    {
        try {
            make_town(options);
        } catch (const Refused& refused) {
            return refused.what();
        }
        return "accepted";
    }

    users::User user(std::string_view name) { return users::find_user(*database->read(), name).value(); }

    /// SHA-256 of every row; the names of stored files are random and left out.
    std::string digest()
    {
        const auto lease = database->read();
        std::string all;
        const auto add = [&](db::Sql sql) {
            for (const db::Row row : lease->query(sql))
                all += row.string(0) + "\n";
        };
        add("SELECT id || username || first_name || last_name || email || phone || role || date_joined FROM auth_user "
            "ORDER BY id");
        add("SELECT id || account_number || address || phone_number || user_id FROM service_account ORDER BY id");
        add("SELECT id || ' ' || COALESCE(user_id, 0) || description || status || submitted_at || ' ' || updated_at || "
            "' ' || "
            "COALESCE(resolved_at, 0) || address || request_type_id FROM service_servicerequest ORDER BY id");
        add("SELECT id || ' ' || service_request_id || ' ' || user_id || text || visibility || created_at FROM "
            "service_comment ORDER BY id");
        add("SELECT id || ' ' || user_id || message || is_read || created_at FROM service_notification ORDER BY id");
        add("SELECT id || subject || subject_id || kind || before_value || after_value || created_at FROM "
            "service_event ORDER BY id");
        add("SELECT id || name || sha256 || service_request_id FROM service_attachment ORDER BY id");
        return base::hex(base::sha256(all));
    }
};

TEST(Demo, TheSameSeedMakesTheSameTown)
{
    Site first;
    Site second;
    Site other;
    first.make_town({.customers = 5, .requests = 20, .seed = 3});
    second.make_town({.customers = 5, .requests = 20, .seed = 3});
    other.make_town({.customers = 5, .requests = 20, .seed = 4});

    EXPECT_EQ(first.digest(), second.digest());
    EXPECT_NE(first.digest(), other.digest());
}

TEST(Demo, EveryCustomerHasEquallyMany)
{
    Site site;
    site.make_town({.customers = 6, .requests = 30});

    const auto lease = site.database->read();
    const auto each = db::map_rows(lease->query(R"(
        SELECT COUNT(*) FROM service_servicerequest r JOIN auth_user u ON u.id = r.user_id
         WHERE u.username LIKE 'customer%' GROUP BY u.id)"),
        [](const db::Row& row) { return row.integer(0); });
    EXPECT_THAT(each, AllOf(SizeIs(6), Each(5)));
}

TEST(Demo, IdsFollowTimeAndNothingHappensInTheFuture)
{
    Site site;
    site.make_town();

    const auto backwards = [&](db::Sql sql) { return site.database.number(sql); };
    EXPECT_EQ(
        backwards("SELECT COUNT(*) FROM service_servicerequest a JOIN service_servicerequest b ON b.id = a.id + 1 "
                  "WHERE b.submitted_at < a.submitted_at"),
        0);
    EXPECT_EQ(backwards("SELECT COUNT(*) FROM service_event a JOIN service_event b ON b.id = a.id + 1 "
                        "WHERE b.created_at < a.created_at"),
        0);
    EXPECT_LE(site.database.number("SELECT MAX(created_at) FROM service_event"), base::to_millis(now));
    EXPECT_GE(site.database.number("SELECT MAX(created_at) FROM service_event"),
        base::to_millis(now - std::chrono::hours(1)));
}

TEST(Demo, OpenLeaksAreFewAndRecentAndOneIsOnElmStreet)
{
    Site site;
    site.make_town({.customers = 5, .requests = 400});

    const auto leaks = queue::list_waiting_emergencies(*site.database->read());

    ASSERT_THAT(leaks, SizeIs(AllOf(Ge(2U), Le(3U))));
    for (const auto& leak : leaks)
        EXPECT_GT(leak.submitted_at, now - std::chrono::hours(6));
    EXPECT_TRUE(std::ranges::any_of(
        leaks, [](const auto& leak) { return leak.username == "mei" && leak.address.starts_with("12 Elm Street"); }));
}

TEST(Demo, TheCastIsThereWithItsRolesAndAccounts)
{
    Site site;
    site.make_town();

    EXPECT_EQ(site.user("ravi").role, base::Role::Representative);
    EXPECT_EQ(site.user("sofia").role, base::Role::Supervisor);
    EXPECT_EQ(site.user("ada").role, base::Role::Administrator);
    const auto account = accounts::find_account(*site.database->read(), "4410-2087-33");
    ASSERT_TRUE(account);
    EXPECT_EQ(account->user_id, site.user("mei").id);
    EXPECT_EQ(account->address, "12 Elm Street, Aldermere, NY 12999");
    EXPECT_GT(notifications::count_unread(*site.database->read(), site.user("mei").id), 0);
}

TEST(Demo, TheStaffsBellsRingForTheOpenLeaksAndNotForThoseOfTheLastTwoYears)
{
    Site site;
    site.make_town({.customers = 5, .requests = 400});

    EXPECT_GT(site.database.number("SELECT COUNT(*) FROM service_servicerequest WHERE is_emergency = 1"), 10);
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_servicerequest r JOIN auth_user u ON u.role <> "
                                   "'customer' WHERE r.is_emergency = 1 AND NOT EXISTS (SELECT 1 FROM "
                                   "service_notification n WHERE n.service_request_id = r.id AND n.user_id = u.id "
                                   "AND n.kind = 'leak_reported' AND n.is_read = "
                                   "CASE WHEN r.status = 'Pending' THEN 0 ELSE 1 END)"),
        0);
}

TEST(Demo, ItMakesOnlyWhatTheRulesAllow)
{
    Site site;
    site.make_town();

    EXPECT_EQ(site.database.number(
                  "SELECT COUNT(*) FROM service_servicerequest r WHERE r.public_comments <> (SELECT COUNT(*) "
                  "FROM service_comment c WHERE c.service_request_id = r.id AND c.visibility = 'public')"),
        0);
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_comment c JOIN auth_user u ON u.id = c.user_id "
                                   "WHERE c.visibility = 'internal' AND u.role = 'customer'"),
        0);
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_servicerequest WHERE description LIKE '%{%'"), 0);
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_comment WHERE text LIKE '%{%'"), 0);
}

TEST(Demo, EnclosuresAreRealFilesOfTheirType)
{
    Site site;
    site.make_town();

    const auto lease = site.database->read();
    int seen = 0;
    for (const db::Row row : lease->query("SELECT stored_name, content_type, size, sha256 FROM service_attachment")) {
        const auto path = site.store.path_of(row.text(0));
        EXPECT_EQ(site.store.detect_type(path), row.string(1));
        const std::string bytes = base::read_file(path);
        EXPECT_EQ(static_cast<std::int64_t>(bytes.size()), row.integer(2));
        EXPECT_EQ(base::hex(base::sha256(bytes)), row.text(3));
        ++seen;
    }
    EXPECT_GT(seen, 2);
}

TEST(Demo, ADatabaseOfRealUsersIsLeftAlone)
{
    Site site;
    support::add_cast(*site.database, now);
    const std::string before = site.digest();

    EXPECT_THAT(site.refusal(), HasSubstr("5 real users"));
    EXPECT_EQ(site.digest(), before);
}

TEST(Demo, ForcedItSettlesBesideRealUsers)
{
    Site site;
    site.database->write([](db::Transaction& tx) {
        users::add_user(tx, {.username = "real", .email = "real@gas.example", .password_hash = "!"}, now);
    });

    EXPECT_EQ(site.refusal({.customers = 2, .requests = 4, .force = true}), "accepted");
    EXPECT_EQ(site.user("real").email, "real@gas.example");
    EXPECT_EQ(commands::demo::count_population(*site.database).made_up, 7);
    EXPECT_EQ(commands::demo::count_population(*site.database).real, 1);
}

TEST(Demo, ASecondTownIsRefusedEvenWhenForced)
{
    Site site;
    site.make_town();
    const std::string before = site.digest();

    EXPECT_THAT(site.refusal({.customers = 2, .requests = 4, .force = true}), HasSubstr("there already"));
    EXPECT_EQ(site.digest(), before);
}

TEST(Demo, ANewPasswordIsForTheMadeUpOnly)
{
    Site site;
    site.database->write([](db::Transaction& tx) {
        users::add_user(tx, {.username = "real", .email = "real@gas.example", .password_hash = "!"}, now);
    });
    EXPECT_EQ(commands::demo::change_passwords(*site.database, "new", now), 0);
    site.make_town({.customers = 2, .requests = 4, .force = true});

    EXPECT_EQ(commands::demo::change_passwords(*site.database, "new", now), 7);
    EXPECT_EQ(users::password_hash_of(*site.database->read(), site.user("mei").id), "new");
    EXPECT_EQ(users::password_hash_of(*site.database->read(), site.user("real").id), "!");
}

TEST(DemoStory, AboutAThirdIsPendingWithTwoCommentsEach)
{
    const base::Zone zone("America/New_York");
    const commands::demo::StoryOptions options{.customers = 10, .requests = 3000, .seed = 9, .now = now, .zone = zone};

    const auto story = commands::demo::plan_story(options);

    const auto count = [&](auto deeds) { return static_cast<double>(std::ranges::count_if(story.steps, deeds)); };
    using commands::demo::Deed;
    const double submitted = count([](const auto& step) { return step.deed == Deed::Submit; });
    const double resolved = count([](const auto& step) { return step.deed == Deed::Resolve; });
    const double reopened = count([](const auto& step) { return step.deed == Deed::Reopen; });
    const double comments =
        count([](const auto& step) { return step.deed == Deed::PublicComment || step.deed == Deed::InternalNote; });
    EXPECT_NEAR((submitted - resolved + reopened) / submitted, 0.30, 0.04);
    EXPECT_NEAR(comments / submitted, 2.2, 0.12);
    EXPECT_GE(story.steps.front().at, commands::demo::beginning(options));
}

/// The command in a fresh directory.
class DemoCommand : public testing::Test
{
  protected:
    DemoCommand() { config.database_url = "sqlite:///" + (directory.path() / "data" / "gas.sqlite3").string(); }
    std::string run(const DemoOptions& options)
    {
        testing::internal::CaptureStdout();
        std::string refusal;
        try {
            commands::demo_command(config, options);
        } catch (const Refused& refused) {
            refusal = refused.what();
        }
        return testing::internal::GetCapturedStdout() + refusal;
    }

    support::TemporaryDirectory directory;
    server::Config config{.data_dir = directory.path() / "data"};
};

TEST_F(DemoCommand, ANewPasswordForNobodyMakesNoDatabaseAndSaysWhereItLooked)
{
    EXPECT_THAT(run({.new_password = true}),
        AllOf(HasSubstr("there is no database at " + (config.data_dir / "gas.sqlite3").string() + ","),
            Not(HasSubstr("applied"))));
    EXPECT_FALSE(std::filesystem::exists(config.data_dir));

    db::migrate(*server::open_database(config));
    EXPECT_THAT(run({.new_password = true}), testing::StartsWith("there are no made-up people in the database /"));
}

TEST_F(DemoCommand, ANewPasswordIsShownWithTheWayToAnother)
{
    const std::string way = std::string(program_invocation_name) + " demo --new-password";
    EXPECT_THAT(
        run({.customers = 1, .requests = 1}), AllOf(HasSubstr("Everybody's password:\n\n    "), HasSubstr(way)));
    const std::string again = run({.new_password = true});
    EXPECT_THAT(again, AllOf(HasSubstr(" made-up people have a new password.\n"), HasSubstr(way)));
    const std::string password = again.substr(again.find("    ") + 4, 12);
    const auto credentials = users::find_credentials(*server::open_database(config)->read(), "mei").value();
    EXPECT_EQ(sign_in::check_password(password, credentials.password_hash), sign_in::PasswordCheck::Right);
    EXPECT_THAT(run({.when_empty = true}), AllOf(HasSubstr("no demo data was added"), HasSubstr(way)));
}

} // namespace
