#include "commands/commands.hpp"

#include "outbox/outbox.hpp"
#include "server/arrival/forwarding_notes.hpp"
#include "support/cast.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_provider.hpp"
#include "support/scripted_server.hpp"
#include "support/test_database.hpp"

#include <gmock/gmock.h>

#include <fstream>

namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Check : public testing::Test
{
  protected:
    /// What the command says about a data directory.
    std::string check(const std::filesystem::path& data_dir)
    {
        sources_.flags["data_dir"] = data_dir;
        testing::internal::CaptureStdout();
        exit_code_ = commands::check_command(sources_, options_);
        std::fflush(stdout);
        return testing::internal::GetCapturedStdout();
    }
    server::Config config(const std::filesystem::path& data_dir)
    {
        sources_.flags["data_dir"] = data_dir;
        return server::read_config(sources_);
    }

    /// Larger than what every start reads.
    void make_large_database()
    {
        const auto database = server::open_database(config(directory_.path()));
        db::migrate(*database);
        support::add_cast(*database, support::FakeClock::start);
        database->exclusively([](db::Connection& connection) {
            connection.query("CREATE TABLE filler (id INTEGER PRIMARY KEY, text TEXT)").integer();
            connection
                .query("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 36000)"
                       " INSERT INTO filler (text) SELECT printf('%01000d', i) FROM n")
                .integer();
        });
    }

    support::TemporaryDirectory directory_;
    server::ConfigSources sources_{.usual_files = {}};
    commands::CheckOptions options_;
    int exit_code_ = -1;
};

TEST_F(Check, BeforeTheFirstStartAllIsWellAndNothingIsMade)
{
    EXPECT_THAT(check(directory_.path() / "later"), AllOf(HasSubstr("does not exist yet"), Not(HasSubstr("WRONG"))));
    EXPECT_EQ(exit_code_, commands::exit_ok);
    EXPECT_FALSE(std::filesystem::exists(directory_.path() / "later"));
}

TEST_F(Check, TellsWhetherTheProviderOfTheStaffAnswers)
{
    const support::FakeClock clock;
    support::FakeProvider there(clock);
    sources_.flags["site_url"] = "https://gas.example";
    sources_.flags["oidc_issuer"] = there.issuer();
    sources_.flags["oidc_client_id"] = "gas-utility";
    sources_.flags["oidc_groups"] = "desk=representative";
    EXPECT_THAT(check(directory_.path()),
        AllOf(HasSubstr("the staff sign in at " + there.issuer() + ", which answers with 2 keys"),
            HasSubstr("https://gas.example/accounts/login/provider/back/"),
            HasSubstr("oidc_client_secret: there is none")));
    EXPECT_EQ(exit_code_, commands::exit_ok);

    there.answer_instead = support::ScriptedServer::answer(500, "");
    EXPECT_THAT(check(directory_.path()), HasSubstr("cannot be used: "));
    EXPECT_EQ(exit_code_, commands::exit_failed);
}

TEST_F(Check, TellsWhereMailGoesWhatMailNeedsAndWhatWasNotDelivered)
{
    EXPECT_THAT(check(directory_.path()), HasSubstr("no mail is sent: mail_url is none"));

    sources_.flags["mail_url"] = "smtp://service@mail.example.com";
    EXPECT_THROW(check(directory_.path()), server::UsageError);
    testing::internal::GetCapturedStdout();
    sources_.flags["site_url"] = "https://gas.example";
    sources_.flags["mail_from"] = "service@gas.example";
    sources_.environment["GAS_UTILITY_MAIL_PASSWORD"] = "hush";
    {
        const auto database = server::open_database(config(directory_.path()));
        db::migrate(*database);
        database->write([](db::Transaction& tx) {
            outbox::set_switch(tx, true);
            for (const char* to : {"mei@example.com", "omar@example.com"})
                outbox::add_mail(
                    tx, {.kind = outbox::Kind::EmailTaken, .to_address = to}, base::SystemClock().now() - 11min);
            const auto mails = outbox::add_claims(tx, 1, base::SystemClock().now(), base::SystemClock().now());
            outbox::note_given_up(tx, mails.front().id, {.server = {}, .text = "550 No"}, base::SystemClock().now());
        });
    }

    EXPECT_THAT(check(directory_.path()),
        AllOf(
            HasSubstr(
                "mail goes to smtp://mail.example.com:587 from service@gas.example, with links to https://gas.example"),
            HasSubstr("1 mails were given up in the last seven days"), HasSubstr("1 mails wait, the oldest since "),
            Not(HasSubstr("hush"))));
}

TEST_F(Check, TellsOfMailThatTheServerSentWithSettingsOfItsOwn)
{
    std::optional<support::TestDatabase> server;
    if (support::tests_use_postgres())
        sources_.environment["GAS_UTILITY_DATABASE_URL"] = server.emplace().url();
    db::migrate(*server::open_database(config(directory_.path())));
    EXPECT_THAT(check(directory_.path()), Not(HasSubstr("sends mail")));
    server::open_database(config(directory_.path()))->write([](db::Transaction& tx) { outbox::set_switch(tx, true); });

    EXPECT_THAT(check(directory_.path()), HasSubstr("note   the server that was started last sends mail"));
    EXPECT_EQ(exit_code_, commands::exit_ok);
}

TEST_F(Check, TellsOfMissingMigrationsAndOfAMissingAdministrator)
{
    {
        const auto database = server::open_database(config(directory_.path()));
        EXPECT_THROW(server::require_migrated(*database), server::Refused);
    }
    EXPECT_THAT(check(directory_.path()), HasSubstr("to be applied by migrate or runserver: 0001_"));

    db::migrate(*server::open_database(config(directory_.path())));
    EXPECT_THAT(check(directory_.path()), HasSubstr("createsuperuser"));

    support::add_cast(*server::open_database(config(directory_.path())), support::FakeClock::start);
    EXPECT_THAT(check(directory_.path()), AllOf(Not(HasSubstr("createsuperuser")), HasSubstr("SQLite 3.")));
    EXPECT_EQ(exit_code_, commands::exit_ok);
}

TEST_F(Check, NamesProxiesThatTheSettingsForgot)
{
    const auto file = config(directory_.path()).undeclared_proxies_file();
    EXPECT_THAT(check(directory_.path()), Not(HasSubstr("X-Forwarded-For")));
    const base::Time now = base::SystemClock().now();

    server::save_undeclared_proxies(file, {{"10.0.0.1", now}, {"2001:db8::7", now}, {"10.0.0.2", now - 25h}});
    EXPECT_THAT(check(directory_.path()), AllOf(HasSubstr("note   X-Forwarded-For"), HasSubstr("10.0.0.1 (20"),
                                              HasSubstr("2001:db8::7 (20"), Not(HasSubstr("10.0.0.2"))));
    EXPECT_EQ(exit_code_, commands::exit_ok);

    sources_.flags["trusted_proxies"] = "10.0.0.0/8";
    EXPECT_THAT(check(directory_.path()), AllOf(HasSubstr("2001:db8::7"), Not(HasSubstr("10.0.0.1"))));
    sources_.flags["trusted_proxies"] = "10.0.0.0/8, 2001:db8::/32";
    EXPECT_THAT(check(directory_.path()), Not(HasSubstr("X-Forwarded-For")));

    std::ofstream(file) << "nonsense\n10.9.9.9\n10.9.9.9 x\n\n"
                        << "x " << base::to_millis(now) << "\n";
    EXPECT_THAT(check(directory_.path()), Not(HasSubstr("X-Forwarded-For")));
}

TEST_F(Check, NamesUserNamesFromBeforeThatDifferOnlyInCase)
{
    {
        const auto database = server::open_database(config(directory_.path()));
        db::migrate(*database);
        support::add_cast(*database, support::FakeClock::start);
    }
    EXPECT_THAT(check(directory_.path()), Not(HasSubstr("upper and lower case")));
    server::open_database(config(directory_.path()))->write([](db::Transaction& tx) {
        tx.apply("UPDATE auth_user SET username = 'MEI', username_key = 'mei', username_twin = id"
                 " WHERE username = 'omar'");
    });

    EXPECT_THAT(check(directory_.path()), HasSubstr("differ only in upper and lower case: mei, MEI;"));
    EXPECT_EQ(exit_code_, commands::exit_ok);
}

TEST_F(Check, AServerThatIsNotReachedIsNamedWithoutItsPassword)
{
    sources_.environment["GAS_UTILITY_DATABASE_URL"] = "postgresql://gas:open-sesame@127.0.0.1:1/site";

    EXPECT_THAT(check(directory_.path()),
        AllOf(HasSubstr("WRONG  postgresql://gas@127.0.0.1:1/site cannot be opened"), Not(HasSubstr("sesame"))));
    EXPECT_EQ(exit_code_, commands::exit_failed);
}

TEST_F(Check, ADatabaseOnAServerIsLookedAt)
{
    if (!support::tests_use_postgres())
        GTEST_SKIP() << "only on PostgreSQL: its server";
    const support::TestDatabase database;
    sources_.environment["GAS_UTILITY_DATABASE_URL"] = database.url();
    EXPECT_THAT(check(directory_.path()),
        AllOf(HasSubstr("can be opened (PostgreSQL 1"), HasSubstr("createsuperuser"),
            HasSubstr("looked at; pg_amcheck looks at all of them"), Not(HasSubstr("WRONG"))));
    options_.fast = true;
    EXPECT_THAT(check(directory_.path()), AllOf(HasSubstr("(--fast)"), Not(HasSubstr("pg_amcheck"))));
}

TEST_F(Check, ARunningServerIsNothingWrong)
{
    const auto database = server::open_database(config(directory_.path()));

    EXPECT_THAT(check(directory_.path()),
        AllOf(HasSubstr("already in use by process"), HasSubstr("its content was not checked"),
            Not(HasSubstr("file was read")), Not(HasSubstr("WRONG"))));
    EXPECT_EQ(exit_code_, commands::exit_ok);
}

TEST_F(Check, ADamagedDatabaseIsWrong)
{
    std::ofstream(directory_.path() / "gas-utility.sqlite3") << std::string(4096, 'x');

    EXPECT_THAT(check(directory_.path()), HasSubstr("WRONG"));
    EXPECT_EQ(exit_code_, commands::exit_failed);
}

TEST_F(Check, DamageInALargeDatabaseIsFoundUnlessItWasNotLookedFor)
{
    make_large_database();
    EXPECT_THAT(
        check(directory_.path()), AllOf(HasSubstr("ok     the whole database file was read"), Not(HasSubstr("WRONG"))));

    support::damage_file(directory_.path() / "gas-utility.sqlite3");

    EXPECT_THAT(check(directory_.path()), AllOf(HasSubstr("WRONG  the database is damaged; restore a backup: "),
                                              HasSubstr("btreeInitPage()"), Not(HasSubstr("file was read"))));
    EXPECT_EQ(exit_code_, commands::exit_failed);
    options_.fast = true;
    EXPECT_THAT(check(directory_.path()), AllOf(HasSubstr("note   the stored data was not checked (--fast)"),
                                              Not(HasSubstr("WRONG")), Not(HasSubstr("file was read"))));
    EXPECT_EQ(exit_code_, commands::exit_ok);
}

TEST_F(Check, AFileInPlaceOfTheDataDirectoryIsWrong)
{
    std::ofstream(directory_.path() / "file") << "x";

    EXPECT_THAT(check(directory_.path() / "file" / "data"), HasSubstr("cannot be written to"));
    EXPECT_EQ(exit_code_, commands::exit_failed);
}

TEST_F(Check, TheDiskOfADatabaseElsewhereIsLookedAt)
{
    sources_.flags["database_url"] = "sqlite:///" + (directory_.path() / "elsewhere" / "gas.sqlite3").string();

    EXPECT_THAT(check(directory_.path() / "data"), HasSubstr(" for the database can be written to"));
    sources_.flags.erase("database_url");
    EXPECT_THAT(check(directory_.path() / "data"), Not(HasSubstr(" for the database can be written to")));
}

TEST_F(Check, TriesTheBucketAndNeverShowsItsSecret)
{
    std::string kept;
    std::string asked;
    support::ScriptedServer server([&](const support::Seen& seen) {
        asked += seen.method + " ";
        if (seen.method == "PUT")
            kept = seen.body;
        if (seen.target.find("list-type") != std::string::npos)
            return support::ScriptedServer::answer(200, "<ListBucketResult/>");
        return support::ScriptedServer::answer(seen.method == "DELETE" ? 204 : 200, seen.method == "GET" ? kept : "");
    });
    sources_.environment = {{"GAS_UTILITY_ATTACHMENTS", "s3://gas/north"}, {"GAS_UTILITY_S3_ENDPOINT", server.origin()},
        {"GAS_UTILITY_S3_ACCESS_KEY_ID", "node"}, {"GAS_UTILITY_S3_SECRET_ACCESS_KEY", "hush"}};

    EXPECT_THAT(check(directory_.path()),
        AllOf(HasSubstr("ok     s3://gas/north stores, returns and removes an object"), Not(HasSubstr("hush"))));
    EXPECT_EQ(asked, "PUT GET DELETE GET ") << "the last lists what a missing database would have named";
    EXPECT_EQ(exit_code_, commands::exit_ok);
}

TEST_F(Check, ABucketThatRefusesUsIsWrong)
{
    support::ScriptedServer server([](const support::Seen&) {
        return support::ScriptedServer::answer(403, "<Error><Code>InvalidAccessKeyId</Code></Error>");
    });
    sources_.environment = {{"GAS_UTILITY_ATTACHMENTS", "s3://gas"}, {"GAS_UTILITY_S3_ENDPOINT", server.origin()},
        {"GAS_UTILITY_S3_ACCESS_KEY_ID", "node"}, {"GAS_UTILITY_S3_SECRET_ACCESS_KEY", "hush"}};

    EXPECT_THAT(check(directory_.path()), AllOf(HasSubstr("WRONG  the attachments store s3://gas at 127.0.0.1:"),
                                              HasSubstr("InvalidAccessKeyId"), Not(HasSubstr("hush"))));
    EXPECT_EQ(exit_code_, commands::exit_failed);
}

} // namespace
