#include "commands/admin/administer.hpp"

#include "base/crypto.hpp"
#include "commands/command_line.hpp"
#include "sign_in/factor/second_factor.hpp"
#include "sign_in/password.hpp"
#include "sign_in/session.hpp"
#include "sign_in/throttle.hpp"
#include "support/cast.hpp"
#include "support/fake_clock.hpp"
#include "support/test_database.hpp"
#include "users/credentials.hpp"

#include <gmock/gmock.h>

#include <fmt/format.h>

#include <thread>

namespace {

using namespace std::chrono_literals;
using server::AdminWords;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Administer : public testing::Test
{
  protected:
    server::AdminAnswer run(const AdminWords& words)
    {
        return commands::administer({.database = *database, .sessions = {}, .now = now}, words);
    }
    std::string output(const AdminWords& words) { return run(words).output; }
    /// What it says when it refuses.
    std::string error(const AdminWords& words)
    {
        const auto answer = run(words);
        EXPECT_NE(answer.exit_code, commands::exit_ok);
        return answer.error;
    }
    std::string begin_session(UserId user) const
    {
        return database->write(
            [&](db::Transaction& tx) { return sign_in::add_session(tx, user, {.user_agent = "Elm/1"}, now); });
    }
    bool is_open(const std::string& token) const
    {
        return sign_in::find_session(*database->read(), sign_in::session_hash(token), now, {}).has_value();
    }
    users::User user(std::string_view name) const { return users::find_user(*database->read(), name).value(); }

    support::TestDatabase database;
    support::Cast cast = support::add_cast(*database, support::FakeClock::start);
    base::Time now = support::FakeClock::start + 1h;
};

TEST_F(Administer, ListsUsersWithRoleAndState)
{
    EXPECT_THAT(output({"user", "list"}), AllOf(HasSubstr("ada\tadministrator\tactive\t"),
                                              HasSubstr("mei\tcustomer\tactive\t"), HasSubstr("\tnever signed in\n")));
    EXPECT_THAT(output({"user", "list", "mei"}), AllOf(HasSubstr("mei\t"), Not(HasSubstr("omar\t"))));
    EXPECT_EQ(output({"user", "list", "nobody at all"}), "There is no such user.\n");
    EXPECT_THAT(
        output({"user", "list", "supervisor"}), AllOf(HasSubstr("sofia\tsupervisor\t"), Not(HasSubstr("mei\t"))));
}

TEST_F(Administer, EndsTheWaitAfterWrongPasswordsOfStrangers)
{
    EXPECT_EQ(output({"user", "unlock", "mei"}), "mei did not have to wait after wrong passwords.\n");
    for (int network = 0; network < 21; ++network) {
        const std::string address = fmt::format("192.0.2.{}", network);
        database->write([&](db::Transaction& tx) {
            sign_in::note_failure(tx, {.address = address, .username = "mei", .now = now}, sign_in::Guesser::Stranger);
        });
    }
    ASSERT_TRUE(sign_in::find_wait(*database->read(), "mei", now));

    EXPECT_EQ(output({"user", "unlock", "mei"}), "mei can sign in again.\n");
    EXPECT_FALSE(sign_in::find_wait(*database->read(), "mei", now));
    EXPECT_EQ(error({"user", "unlock", "nobody"}), "there is no user called \"nobody\"");
}

TEST_F(Administer, SetsAPasswordAndSignsOut)
{
    const std::string token = begin_session(cast.mei.user_id);
    EXPECT_THAT(error({"user", "set-password", "mei", "12"}), HasSubstr("at least 12 characters"));
    EXPECT_THAT(error({"user", "set-password", "ravi", "brass-kettle-4"}), HasSubstr("at least 15 characters"));
    EXPECT_THAT(error({"user", "set-password", "mei", "12-elm-street"}), HasSubstr("without your name"));
    EXPECT_TRUE(is_open(token));

    EXPECT_THAT(output({"user", "set-password", "mei", "brass-kettle-41"}), HasSubstr("signed out everywhere"));

    EXPECT_FALSE(is_open(token));
    const auto credentials = users::find_credentials(*database->read(), "mei").value();
    EXPECT_EQ(sign_in::check_password("brass-kettle-41", credentials.password_hash), sign_in::PasswordCheck::Right);
}

TEST_F(Administer, SetsARoleButNeverTakesTheLastAdministrator)
{
    const std::string token = begin_session(cast.ravi.user_id);

    EXPECT_EQ(output({"user", "set-role", "ravi", "supervisor"}), "ravi is supervisor now.\n");

    EXPECT_EQ(user("ravi").role, base::Role::Supervisor);
    EXPECT_FALSE(is_open(token));
    EXPECT_THAT(error({"user", "set-role", "ravi", "king"}), HasSubstr("is none of customer, representative"));
    EXPECT_EQ(error({"user", "set-role", "ada", "customer"}), "ada is the last administrator");
    EXPECT_EQ(user("ada").role, base::Role::Administrator);
}

TEST_F(Administer, ResetsASecondFactorAndSignsOut)
{
    EXPECT_EQ(output({"user", "reset-factor", "mei"}), "mei has no second factor.\n");
    database->write([&](db::Transaction& tx) {
        const sign_in::RecoveryCodes codes{.salt = "salt", .hashes = {"hash"}, .shown_to = {}};
        sign_in::add_second_factor(tx, cast.mei.user_id, {.secret = "GEZD", .step = 1, .recovery = codes}, now);
    });
    const std::string token = begin_session(cast.mei.user_id);

    EXPECT_EQ(output({"user", "reset-factor", "mei"}),
        "mei signs in with the password alone now, and was signed out everywhere.\n");

    EXPECT_FALSE(sign_in::has_second_factor(*database->read(), cast.mei.user_id));
    EXPECT_FALSE(is_open(token));
    EXPECT_EQ(database.number("SELECT count(*) FROM service_event WHERE kind = 'factor_reset'"), 1);
    EXPECT_EQ(database.number("SELECT count(*) FROM service_notification WHERE kind = 'factor_reset'"), 1);
    EXPECT_EQ(error({"user", "reset-factor", "nobody"}), "there is no user called \"nobody\"");
}

TEST_F(Administer, SignsOutOneUserAndNobodyElse)
{
    const std::string phone = begin_session(cast.mei.user_id);
    const std::string desk = begin_session(cast.mei.user_id);
    const std::string of_omar = begin_session(cast.omar.user_id);

    EXPECT_EQ(output({"user", "sign-out", "mei"}), "mei was signed out everywhere.\n");

    EXPECT_FALSE(is_open(phone));
    EXPECT_FALSE(is_open(desk));
    EXPECT_TRUE(is_open(of_omar));
}

TEST_F(Administer, ListsAndEndsSessions)
{
    EXPECT_EQ(output({"session", "list"}), "Nobody is signed in.\n");
    const std::string token = begin_session(cast.mei.user_id);
    const std::string of_omar = begin_session(cast.omar.user_id);
    const std::string id = sign_in::session_hash(token).substr(0, 12);

    EXPECT_THAT(output({"session", "list"}), AllOf(HasSubstr(id + "\tmei\tsince 20"), HasSubstr("\tomar\t")));
    EXPECT_THAT(output({"session", "list", "mei"}),
        AllOf(HasSubstr("\tElm/1\n"), Not(HasSubstr("omar")), Not(HasSubstr(sign_in::session_hash(token)))));
    EXPECT_THAT(error({"session", "end", ""}), HasSubstr("at least the first 8"));
    EXPECT_EQ(error({"session", "end", "ffffffff%_"}), "there is no such session");

    EXPECT_EQ(output({"session", "end", id}), "The session has ended.\n");

    EXPECT_FALSE(is_open(token));
    EXPECT_TRUE(is_open(of_omar));
    EXPECT_EQ(error({"session", "end", id}), "there is no such session");
}

TEST_F(Administer, ShowsNothingThatATerminalWouldObey)
{
    database->write([&](db::Transaction& tx) {
        sign_in::add_session(tx, cast.mei.user_id,
            {.user_agent = "Elm\x1B[2J\xC2\x9B"
                           "31m"},
            now);
        tx.apply("UPDATE auth_user SET first_name = $2 WHERE id = $1", cast.mei.user_id, "Mei\x1B]0;x\a");
    });

    for (const std::string& text : {output({"session", "list"}), output({"user", "list"})})
        EXPECT_THAT(text, AllOf(Not(HasSubstr("\x1B")), Not(HasSubstr("\xC2\x9B")), Not(HasSubstr("\a")))) << text;
}

TEST_F(Administer, AddsAnAdministrator)
{
    EXPECT_EQ(output({"createsuperuser", "root", "root@gas.example", "brass-kettle-41"}),
        "The administrator \"root\" can sign in.\n");
    EXPECT_EQ(user("root").role, base::Role::Administrator);
    EXPECT_THAT(error({"createsuperuser", "ROOT", "", "brass-kettle-41"}), HasSubstr("already"));
}

TEST_F(Administer, RefusesWhatItDoesNotKnow)
{
    for (const AdminWords& words : {AdminWords{}, AdminWords{"user"}, AdminWords{"user", "drop", "mei"},
             AdminWords{"user", "unlock"}, AdminWords{"user", "unlock", "mei", "omar"}, AdminWords{"migrate", "now"}})
        EXPECT_EQ(run(words).exit_code, commands::exit_usage);
}

/// A server as runserver makes it, without its web side.
class RunningSite : public testing::Test
{
  protected:
    /// With other settings than those of the commands, as script/server has.
    explicit RunningSite(std::map<std::string, std::string> environment = {})
    {
        sources.flags = {{"data_dir", directory.path()}};
        config = server::read_config(sources);
        server::ConfigSources of_server = sources;
        of_server.environment = std::move(environment);
        settings = server::settings_in_effect(of_server);
        auto opened = server::open_updated_database(config);
        support::add_cast(*opened, support::FakeClock::start);
        house.emplace(server::read_config(of_server), std::move(opened), clock);
        socket.emplace(
            server::admin_socket_of(config).value(), [this](const AdminWords& words, const server::GoesOn& goes_on) {
                return commands::administer_running({.house = *house, .settings = settings}, words, goes_on);
            });
        testing::internal::CaptureStderr();
    }
    ~RunningSite() override { testing::internal::GetCapturedStderr(); }
    std::string run(std::vector<const char*> words)
    {
        words.insert(words.begin(), "gas-utility");
        const auto line =
            std::get<commands::CommandLine>(commands::read_command_line(static_cast<int>(words.size()), words.data()));
        testing::internal::CaptureStdout();
        exit_code = commands::admin_command(config, line.admin);
        return testing::internal::GetCapturedStdout();
    }
    std::string check(bool is_fast)
    {
        testing::internal::CaptureStdout();
        exit_code = commands::check_command(sources, {.fast = is_fast});
        return testing::internal::GetCapturedStdout();
    }

    support::TemporaryDirectory directory;
    server::ConfigSources sources{.usual_files = {}};
    server::Config config;
    std::vector<server::GivenSetting> settings;
    base::SystemClock clock;
    std::optional<server::House> house;
    std::optional<server::AdminSocket> socket;
    int exit_code = -1;
};

TEST_F(RunningSite, CommandsWorkWhileItRuns)
{
    EXPECT_THAT(run({"user", "list", "mei"}), HasSubstr("mei\tcustomer\tactive"));
    EXPECT_THAT(run({"user", "set-role", "ravi", "supervisor"}), HasSubstr("supervisor"));
    EXPECT_EQ(exit_code, commands::exit_ok);
    EXPECT_THAT(run({"session", "list"}), HasSubstr("Nobody is signed in."));
    EXPECT_EQ(run({"session", "end", "0123456789ab"}), "");
    EXPECT_EQ(exit_code, commands::exit_failed);
}

TEST_F(RunningSite, ACopyOfItsDatabaseIsNotTakenForIt)
{
    server::Config of_copy = config;
    of_copy.database_url = "sqlite:///" + (directory.path() / "copy.sqlite3").string();
    EXPECT_TRUE(commands::is_served_here(config));
    EXPECT_FALSE(commands::is_served_here(of_copy)) << "although it has the same data_dir";

    std::filesystem::create_symlink(directory.path() / "gas-utility.sqlite3", directory.path() / "copy.sqlite3");
    EXPECT_TRUE(commands::is_served_here(of_copy)) << "another name of the same file";
}

TEST_F(RunningSite, CheckLooksIntoItsData)
{
    EXPECT_THAT(check(false),
        AllOf(HasSubstr("ok     the server runs and answers (SQLite"), HasSubstr("tables"), Not(HasSubstr("WRONG"))));
    EXPECT_EQ(exit_code, commands::exit_ok);
    EXPECT_THAT(check(true), HasSubstr("(--fast)"));
}

TEST_F(RunningSite, SweepListsItsFiles)
{
    testing::internal::CaptureStdout();
    EXPECT_EQ(commands::sweep_command(config, commands::Consent::Missing), commands::exit_ok);
    EXPECT_THAT(testing::internal::GetCapturedStdout(), HasSubstr("0 that no row names are older than an hour."));
}

TEST_F(RunningSite, APasswordIsNeverLogged)
{
    run({"user", "list"});
    const commands::RunningSite site{.house = *house, .settings = settings};
    commands::administer_running(site, {"user", "set-password", "mei", "brass-kettle-41"}, [] { return true; });
    commands::administer_running(site, {"createsuperuser", "root", "", "brass-kettle-42"}, [] { return true; });
    const std::string log = testing::internal::GetCapturedStderr();
    testing::internal::CaptureStderr();

    EXPECT_THAT(log, AllOf(HasSubstr(" info command: user list\n"), HasSubstr(" info command: user set-password mei\n"),
                         HasSubstr(" info command: createsuperuser root\n"), Not(HasSubstr("brass-kettle"))));
}

/// Its variables are those of its own process.
class SiteWithOtherSettings : public RunningSite
{
  protected:
    SiteWithOtherSettings()
        : RunningSite({{"GAS_UTILITY_MAIL_URL", "smtp://service@mail.example.com"},
              {"GAS_UTILITY_MAIL_PASSWORD", "hush"}, {"GAS_UTILITY_MAIL_FROM", "service@gas.example"},
              {"GAS_UTILITY_SITE_URL", "https://gas.example"}, {"GAS_UTILITY_PASSWORD_LENGTH_STAFF", "21"}})
    {}
    std::string show()
    {
        testing::internal::CaptureStdout();
        EXPECT_EQ(commands::config_show_command(sources), commands::exit_ok);
        return testing::internal::GetCapturedStdout();
    }
};

TEST_F(SiteWithOtherSettings, CheckTellsOfTheMailThatTheServerSendsAndWhatDiffers)
{
    EXPECT_THAT(check(true),
        AllOf(HasSubstr("ok     mail goes to smtp://mail.example.com:587 from service@gas.example, with links to"),
            HasSubstr("note   the running server has other settings: mail_url smtp://service@mail.example.com (the "
                      "environment variable GAS_UTILITY_MAIL_URL), here none; mail_password set (the environment"),
            HasSubstr("password_length_staff 21 ("), Not(HasSubstr("no mail is sent")), Not(HasSubstr("hush")),
            Not(HasSubstr("data_dir")), Not(HasSubstr("database_url"))));
    EXPECT_EQ(exit_code, commands::exit_ok);
}

TEST_F(SiteWithOtherSettings, ConfigShowTellsThemBehindItsOwn)
{
    EXPECT_THAT(
        show(), AllOf(testing::ContainsRegex("\nmail_url +none +default\n"),
                    HasSubstr("\n\nThe running server has other values:\n  mail_url "),
                    HasSubstr("smtp://service@mail.example.com  the environment variable GAS_UTILITY_MAIL_URL\n"),
                    Not(HasSubstr("hush"))));
    socket.reset();
    EXPECT_THAT(show(), Not(HasSubstr("The running server")));
}

TEST_F(SiteWithOtherSettings, CommandsFollowTheRulesOfTheServer)
{
    const auto answer = commands::administer_running({.house = *house, .settings = settings},
        {"user", "set-password", "ravi", "brass-kettle-41-lid"}, [] { return true; });
    EXPECT_THAT(answer.error, HasSubstr("at least 21 characters"));
}

TEST_F(RunningSite, TheSameSettingsAreNoFinding)
{
    EXPECT_THAT(check(true), AllOf(HasSubstr("note   no mail is sent: mail_url is none"),
                                 HasSubstr("connections can be open at once"), Not(HasSubstr("other settings"))));
}

} // namespace
