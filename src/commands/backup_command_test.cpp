// The commands backup and restore as an operator calls them: what they print and their exit codes.

#include "attachments/attachment.hpp"
#include "attachments/site_store.hpp"
#include "base/crypto.hpp"
#include "commands/backup/directory.hpp"
#include "commands/backup/manifest.hpp"
#include "commands/commands.hpp"
#include "storage/local_store.hpp"
#include "support/service_desk.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>
#include <functional>

namespace {

using commands::exit_failed;
using commands::exit_ok;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

class BackupCommand : public support::ServiceDesk
{
  protected:
    BackupCommand() : store(database.directory() / "attachments")
    {
        config.data_dir = database.directory();
        config.database_url = database.url();
        attachments::claim(*database, store);
    }

    /// A kept photo; returns where it is.
    std::filesystem::path add_photo(const std::string& bytes)
    {
        const auto upload = store.temporary_directory() / "upload";
        base::write_all(base::create_file(upload), bytes);
        const std::string sha256 = base::hex(base::sha256(bytes));
        const std::string name = store.keep(upload, sha256);
        const auto request = submit(cast.mei, "The boiler is cold");
        database->write([&](db::Transaction& tx) {
            attachments::add_attachment(tx, act(cast.mei),
                {.stored_name = name,
                    .name = "boiler.jpg",
                    .content_type = "image/jpeg",
                    .size = bytes.size(),
                    .sha256 = sha256},
                {.service_request = request});
        });
        return store.path_of(name);
    }
    struct Ended
    {
        int code = -1;
        std::string words;
    };
    static Ended run(const std::function<int()>& command)
    {
        testing::internal::CaptureStdout();
        Ended ended;
        std::string refusal;
        try {
            ended.code = command();
        } catch (const commands::Refused& refused) {
            refusal = refused.what();
        }
        std::fflush(stdout);
        ended.words = testing::internal::GetCapturedStdout() + refusal;
        return ended;
    }
    Ended backup(const std::string& keep = {})
    {
        return run([&] { return commands::backup_command(config, {.place = root(), .keep = keep}); });
    }
    Ended verify()
    {
        return run([&] { return commands::backup_command(config, {.place = root(), .verify = true}); });
    }
    std::string root() const { return database.directory() / "backups"; }

    storage::LocalStore store;
    server::Config config;
};

TEST_F(BackupCommand, TellsEachStepAndWhereItIs)
{
    add_photo("photo");
    const Ended ended = backup();
    EXPECT_EQ(ended.code, exit_ok);
    EXPECT_THAT(
        ended.words, AllOf(HasSubstr("database: "), HasSubstr("files: 1 in the backup, 1 of them new with 5 bytes"),
                         HasSubstr("Done: " + root() + "/2")));
    EXPECT_EQ(verify().code, exit_ok);
}

TEST_F(BackupCommand, AfterALossItFailsAndKeepsEarlierBackups)
{
    EXPECT_EQ(backup("1d").code, exit_ok);
    std::filesystem::remove(add_photo("photo"));

    const Ended ended = backup("1d");
    EXPECT_EQ(ended.code, exit_failed);
    EXPECT_THAT(ended.words, AllOf(HasSubstr("lost in the site: attachment 1 of service request 1, boiler.jpg"),
                                 HasSubstr("Done: "), HasSubstr("No backup was removed")));
    EXPECT_THAT(commands::backup::Directory(root()).list(), SizeIs(2));
}

TEST_F(BackupCommand, ARuleIsReadBeforeAnythingIsDone)
{
    EXPECT_THROW(commands::backup_command(config, {.place = root(), .keep = "7 days"}), server::UsageError);
    EXPECT_FALSE(std::filesystem::exists(root()));
}

TEST_F(BackupCommand, ADiskThatIsNotMountedIsNotFilledElsewhere)
{
    const std::string missing = database.directory() / "none" / "backups";
    const Ended ended = run([&] { return commands::backup_command(config, {.place = missing}); });
    EXPECT_THAT(ended.words, HasSubstr("is the disk for backups mounted?"));
}

TEST_F(BackupCommand, WhatIsNoSiteIsNotBackedUp)
{
    config.database_url = "sqlite:///" + (database.directory() / "none.sqlite3").string();
    EXPECT_THAT(backup().words, HasSubstr("cannot be backed up: there is no file"));
    EXPECT_THAT(verify().words, HasSubstr("there is no backup in"));
}

TEST_F(BackupCommand, ANewestOneWithoutItsManifestIsNamedInsteadOfAnEarlierOne)
{
    backup();
    const commands::backup::Directory directory(root());
    const auto newest = directory.backup("2099-01-01T000000Z");
    std::filesystem::copy(directory.backup(directory.list().front()), newest, std::filesystem::copy_options::recursive);
    std::filesystem::remove(newest / commands::backup::manifest_name);

    const Ended verified = verify();
    EXPECT_EQ(verified.code, exit_failed);
    EXPECT_THAT(verified.words, HasSubstr(newest.string() + " is damaged"));
    const Ended restored = run([&] { return commands::restore_command(config, root()); });
    EXPECT_THAT(restored.words, HasSubstr((newest / commands::backup::manifest_name).string() + " cannot be read"));
    EXPECT_THAT(backup("1d").words, AllOf(HasSubstr("Done: "), HasSubstr("no old backup was removed: ")));
}

TEST_F(BackupCommand, RestoreNeverSaysToMoveALogAwayAlone)
{
    if (support::tests_use_postgres())
        GTEST_SKIP() << "only on SQLite: the log is a file beside the database";
    backup();
    config.data_dir = database.directory() / "restored";
    const auto file = config.data_dir / "gas-utility.sqlite3";
    config.database_url = "sqlite:///" + file.string();
    const auto refusal = [&] { return run([&] { return commands::restore_command(config, root()); }).words; };
    std::filesystem::create_directories(config.data_dir);
    std::ofstream(file.string() + "-wal") << "the last writes";
    EXPECT_THAT(refusal(), HasSubstr("-wal belongs to another database. Restore only fills an empty place: move the "
                                     "whole directory " +
                                     config.data_dir.string() + " away"));
    std::ofstream(file) << "a database";
    EXPECT_THAT(refusal(), AllOf(HasSubstr("there is a database at " + file.string()), HasSubstr("whole directory")));
}

TEST_F(BackupCommand, RestoresTheNewestIntoAnEmptyPlace)
{
    if (support::tests_use_postgres())
        GTEST_SKIP() << "only on SQLite: its file is restored";
    add_photo("photo");
    backup();
    config.data_dir = database.directory() / "restored";
    config.database_url = "sqlite:///" + (config.data_dir / "gas-utility.sqlite3").string();
    const auto restore = [&] { return commands::restore_command(config, root()); };
    const mode_t before = ::umask(0);
    const Ended first = run(restore);
    const Ended second = run(restore);
    ::umask(before);

    EXPECT_EQ(first.code, exit_ok);
    EXPECT_THAT(
        first.words, AllOf(HasSubstr("Done: a copy of the site as it was at 20"), HasSubstr("adopt-attachments")));
    EXPECT_THAT(second.words, AllOf(HasSubstr("Restore only fills an empty place"), Not(HasSubstr("Done"))));
}

} // namespace
