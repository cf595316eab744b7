// A database that is gone while its attachments are there, and what the commands on attachments then do.

#include "attachments/survey.hpp"
#include "commands/commands.hpp"
#include "http/server/server.hpp"
#include "server/bodies/body_gate.hpp"
#include "server/house.hpp"
#include "server/opening/open.hpp"
#include "server/opening/site_state.hpp"
#include "storage/local_store.hpp"
#include "support/cast.hpp"
#include "support/fake_clock.hpp"
#include "support/test_database.hpp"

#include <gmock/gmock.h>

#include <fstream>

namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class LostDatabase : public testing::Test
{
  protected:
    LostDatabase()
    {
        config.data_dir = directory_.path();
        config.readers = 1;
        if (support::tests_use_postgres())
            config.database_url = postgres_.emplace().url();
        else
            config.database_url = "sqlite:///" + file().string();
    }
    std::filesystem::path file() const { return directory_.path() / "gas-utility.sqlite3"; }
    /// Files that were kept by a site whose database is gone, older than an hour.
    void keep_files(int count)
    {
        storage::LocalStore store(config.attachments_dir());
        store.set_id(std::string(32, 'd'));
        for (int i = 0; i < count; ++i) {
            const auto path = store.temporary_directory() / "upload";
            base::write_all(base::create_file(path), "picture");
            const auto kept = store.path_of(store.keep(path, {}));
            std::filesystem::last_write_time(kept, std::filesystem::file_time_type::clock::now() - 2h);
        }
    }
    std::size_t kept_files() const
    {
        std::size_t count = 0;
        storage::LocalStore(config.attachments_dir()).list([&](const storage::KeptFile&) {
            ++count;
            return storage::Listing::Continues;
        });
        return count;
    }
    /// What a command says, whether it does its work or refuses.
    static std::string words(const std::function<void()>& command)
    {
        testing::internal::CaptureStdout();
        std::string refusal;
        try {
            command();
        } catch (const server::Refused& refused) {
            refusal = refused.what();
        }
        std::fflush(stdout);
        return testing::internal::GetCapturedStdout() + refusal;
    }

    support::TemporaryDirectory directory_;
    server::Config config;

  private:
    std::optional<support::EmptyPostgres> postgres_;
};

TEST_F(LostDatabase, NoNewSiteIsMadeBesideItsFiles)
{
    keep_files(10);
    const auto refused = AllOf(HasSubstr("is missing or empty, but the directory " + config.attachments_dir().string()),
        HasSubstr("restore it"), HasSubstr("To begin a new site"), Not(HasSubstr("applied")));

    EXPECT_THAT(words([&] { commands::migrate_command(config); }), refused);
    EXPECT_THAT(words([&] { commands::runserver_command(config, {}, {}); }), refused);
    EXPECT_THAT(words([&] { commands::demo_command(config, {}); }), refused);
    EXPECT_FALSE(std::filesystem::exists(file()));
    EXPECT_EQ(kept_files(), 10U);

    std::filesystem::rename(config.attachments_dir(), directory_.path() / "attachments-of-before");
    EXPECT_THAT(words([&] { commands::migrate_command(config); }), HasSubstr("is up to date"));
}

TEST_F(LostDatabase, AFileWithoutBytesOrTablesIsNoDatabase)
{
    if (support::tests_use_postgres())
        GTEST_SKIP() << "only on SQLite: its file is what is lost";
    keep_files(1);
    std::ofstream(file()).close();
    EXPECT_THAT(words([&] { commands::migrate_command(config); }), HasSubstr("is missing or empty"));
    EXPECT_EQ(std::filesystem::file_size(file()), 0U);

    server::open_database(config).reset();
    EXPECT_GT(std::filesystem::file_size(file()), 0U);
    EXPECT_THAT(words([&] { commands::migrate_command(config); }), HasSubstr("is missing or empty"));
}

TEST_F(LostDatabase, AnEmptyStoreHindersNoFirstStart)
{
    EXPECT_THAT(words([&] { commands::migrate_command(config); }), HasSubstr("is up to date"));
}

TEST_F(LostDatabase, AFirstStartBesideADirectoryWithoutFilesGoesOn)
{
    storage::LocalStore{config.attachments_dir()};
    EXPECT_THAT(words([&] { commands::migrate_command(config); }), HasSubstr("is up to date"));
}

TEST_F(LostDatabase, CheckNamesTheLoss)
{
    keep_files(1);
    server::ConfigSources sources{.usual_files = {}};
    sources.flags = {{"data_dir", config.data_dir.string()}, {"database_url", config.database_url}};

    EXPECT_THAT(words([&] { EXPECT_EQ(commands::check_command(sources, {}), commands::exit_failed); }),
        AllOf(HasSubstr("WRONG"), HasSubstr("is missing or empty")));
}

TEST_F(LostDatabase, CommandsOnASiteMakeNoDatabase)
{
    if (support::tests_use_postgres())
        GTEST_SKIP() << "only on SQLite: its file is what is lost";
    for (const auto consent : {commands::Consent::Missing, commands::Consent::Given}) {
        EXPECT_THAT(words([&] { commands::adopt_attachments_command(config, consent); }), HasSubstr("migrate"));
        EXPECT_THAT(words([&] { commands::sweep_command(config, consent); }), HasSubstr("migrate"));
    }
    EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_F(LostDatabase, ADatabaseThatNamesNoneOfTheFilesDoesNotAdoptThemUntilToldTo)
{
    words([&] { commands::migrate_command(config); });
    keep_files(10);
    EXPECT_THAT(
        words([&] { commands::sweep_command(config, commands::Consent::Given); }), HasSubstr("another database"));

    EXPECT_THAT(words([&] { commands::adopt_attachments_command(config, commands::Consent::Missing); }),
        AllOf(HasSubstr("0 of 10 files are named by this database"), HasSubstr("adopt-attachments --yes"),
            Not(HasSubstr("are now in"))));
    EXPECT_THAT(
        words([&] { commands::sweep_command(config, commands::Consent::Given); }), HasSubstr("another database"));

    EXPECT_THAT(words([&] { commands::adopt_attachments_command(config, commands::Consent::Given); }),
        AllOf(HasSubstr("0 of 10 files are named by this database"), HasSubstr("are now in")));
    EXPECT_EQ(kept_files(), 10U);
}

TEST_F(LostDatabase, WhatNamesAllItsFilesAdoptsThemAtOnce)
{
    words([&] { commands::migrate_command(config); });

    EXPECT_THAT(words([&] { commands::adopt_attachments_command(config, commands::Consent::Missing); }),
        AllOf(HasSubstr("0 of 0 files"), HasSubstr("are now in")));
}

TEST_F(LostDatabase, NoCommandOnAnEmptyDatabaseAdvisesToBeginANewSiteBesideTheFiles)
{
    keep_files(2);
    for (const auto& command : {std::function<void()>([&] { commands::adopt_attachments_command(config, {}); }),
             std::function<void()>([&] { commands::sweep_command(config, {}); })})
        EXPECT_THAT(
            words(command), AllOf(HasSubstr("is missing or empty"), Not(HasSubstr("run: gas-utility migrate"))));
}

TEST_F(LostDatabase, SweepShowsFirstAndMovesWhenTold)
{
    words([&] { commands::migrate_command(config); });
    keep_files(25);
    words([&] { commands::adopt_attachments_command(config, commands::Consent::Given); });

    EXPECT_THAT(words([&] { commands::sweep_command(config, commands::Consent::Missing); }),
        AllOf(HasSubstr("0 of 25 files"), HasSubstr("The server does not sweep: 25 of 25 files"),
            HasSubstr("gas-utility sweep --yes")));
    EXPECT_EQ(kept_files(), 25U);
    EXPECT_THAT(
        words([&] { commands::sweep_command(config, commands::Consent::Given); }), HasSubstr("25 files were moved"));
    EXPECT_EQ(kept_files(), 0U);
    EXPECT_EQ(storage::LocalStore(config.attachments_dir()).list_trash().size(), 25U);
}

TEST_F(LostDatabase, ASecondDatabaseBesideTheRunningSitesFilesIsRefused)
{
    if (support::tests_use_postgres())
        GTEST_SKIP() << "only on SQLite: nodes on PostgreSQL share their files";
    const support::FakeClock clock;
    words([&] { commands::migrate_command(config); });
    server::Config second = config;
    second.database_url = "sqlite:///" + (directory_.path() / "restored.sqlite3").string();
    server::open_database(config).reset();
    std::filesystem::copy_file(file(), directory_.path() / "restored.sqlite3");
    const server::House running(config, server::open_database(config), clock);

    EXPECT_THROW(server::House(second, server::open_database(second), clock), db::InUse);
    EXPECT_THROW(commands::sweep_command(second, commands::Consent::Given), db::InUse);
    EXPECT_THROW(commands::adopt_attachments_command(second, commands::Consent::Given), db::InUse);
    EXPECT_THAT(words([&] { commands::sweep_command(config, commands::Consent::Missing); }),
        AllOf(HasSubstr("already in use by process"), HasSubstr("stop the server first")));
}

TEST_F(LostDatabase, AdoptingWhatARehearsalWroteIntoNeedsToBeSaidTwice)
{
    words([&] { commands::migrate_command(config); });
    server::open_existing_database(config)->write(
        [](db::Transaction& tx) { server::set_unfinished(tx, server::Unfinished::Rehearsal); });

    EXPECT_THAT(words([&] { commands::runserver_command(config, {}, {}); }), HasSubstr("a rehearsal wrote"));
    EXPECT_THAT(
        words([&] { commands::sweep_command(config, commands::Consent::Given); }), HasSubstr("a rehearsal wrote"));
    EXPECT_THAT(words([&] { commands::adopt_attachments_command(config, commands::Consent::Missing); }),
        AllOf(HasSubstr("a rehearsal wrote"), Not(HasSubstr("are now in"))));
    EXPECT_THAT(
        words([&] { commands::adopt_attachments_command(config, commands::Consent::Given); }), HasSubstr("are now in"));
    EXPECT_EQ(server::site_state(*server::open_existing_database(config)).unfinished, server::Unfinished::Nothing);
}

TEST_F(LostDatabase, CheckNamesAHalfCopyAndNoConsentMakesItASite)
{
    words([&] { commands::migrate_command(config); });
    server::open_existing_database(config)->write(
        [](db::Transaction& tx) { server::set_unfinished(tx, server::Unfinished::Copy); });
    server::ConfigSources sources{.usual_files = {}};
    sources.flags = {{"data_dir", config.data_dir.string()}, {"database_url", config.database_url}};

    EXPECT_THAT(words([&] { EXPECT_EQ(commands::check_command(sources, {}), commands::exit_failed); }),
        HasSubstr("WRONG  copy into this database did not complete"));
    EXPECT_THAT(words([&] { commands::runserver_command(config, {}, {}); }), HasSubstr("did not complete"));
    EXPECT_THAT(words([&] { commands::adopt_attachments_command(config, commands::Consent::Given); }),
        HasSubstr("did not complete"));
}

TEST_F(LostDatabase, NoUploadLastsSoLongThatItsPartsLookLeft)
{
    EXPECT_LT(4 * http::longest_body(server::most_of_files), attachments::oldest_upload);
}

} // namespace
