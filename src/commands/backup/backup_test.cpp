// A site that is backed up while people write, on both engines, with its files in a directory and, when tests/s3/run
// names a server in GAS_TEST_S3, in a bucket.

#include "commands/backup/backup.hpp"

#include "actions/submit_request.hpp"
#include "attachments/held_file.hpp"
#include "attachments/site_store.hpp"
#include "base/crypto.hpp"
#include "commands/backup/directory.hpp"
#include "commands/backup/verify.hpp"
#include "commands/commands.hpp"
#include "server/opening/site_state.hpp"
#include "storage/local_store.hpp"
#include "support/saved_site.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <mutex>
#include <set>
#include <thread>

namespace {

using namespace std::chrono_literals;
using commands::Refused;
using commands::backup::Directory;
using commands::backup::Made;
using support::Files;
using support::Place;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace fs = std::filesystem;

std::vector<Files> places_to_try()
{
    const std::string server = support::s3_test_server();
    return server.empty() ? std::vector<Files>{{}} : std::vector<Files>{{}, {server}};
}

class Backup : public support::SavedSite, public testing::WithParamInterface<Files>
{
  protected:
    Backup() : SavedSite(GetParam()) { directory.make(); }

    /// Spoils the bytes of a kept file, or takes them away; only in a directory.
    void spoil(const std::string& stored_name) const
    {
        std::ofstream(path_of(stored_name), std::ios::trunc) << "spoiled";
    }
    fs::path path_of(const std::string& stored_name) const
    {
        return dynamic_cast<storage::LocalStore&>(*files).path_of(stored_name);
    }

    Made backup() { return backup_into(directory); }
    fs::path path_of(const Made& made) const { return directory.backup(made.name); }
    commands::backup::Named named(const Made& made) const
    {
        return commands::backup::find_backup(path_of(made), site.config);
    }
    std::vector<std::string> findings(const Made& made) const { return SavedSite::findings(named(made)); }
    std::string restore(const Made& made, const Place& to) const { return SavedSite::restore(named(made), to); }

    Directory directory{database.directory() / "backups"};
};

/// Eight people who write with files until told to stop.
class Writers
{
  public:
    explicit Writers(std::function<void(const std::string&)> write)
    {
        for (int i = 0; i < 8; ++i) {
            threads_.emplace_back([this, i, write](const std::stop_token& stop) {
                for (int n = 0; !stop.stop_requested(); ++n) {
                    const std::string words = std::to_string(i) + " units of " + std::to_string(n);
                    write(words);
                    const std::lock_guard lock(mutex_);
                    acknowledged_.insert("The meter shows " + words);
                }
            });
        }
    }
    std::set<std::string> acknowledged()
    {
        const std::lock_guard lock(mutex_);
        return acknowledged_;
    }
    void wait_for(std::size_t count)
    {
        while (acknowledged().size() < count)
            std::this_thread::sleep_for(1ms);
    }

  private:
    std::mutex mutex_;
    std::set<std::string> acknowledged_;
    std::vector<std::jthread> threads_;
};

} // namespace

INSTANTIATE_TEST_SUITE_P(Files, Backup, testing::ValuesIn(places_to_try()),
    [](const auto& tried) { return std::string(tried.param.s3_endpoint.empty() ? "InADirectory" : "OnAnS3Server"); });

TEST_P(Backup, HoldsAllThatWasAcknowledgedBeforeItWhileEightWrite)
{
    std::set<std::string> before;
    std::optional<Made> made;
    {
        Writers writers([this](const std::string& words) { add_file(words); });
        writers.wait_for(40);
        before = writers.acknowledged();
        made = backup();
        writers.wait_for(before.size() + 8);
    }
    EXPECT_THAT(findings(*made), IsEmpty());
    EXPECT_THAT(made->manifest.missing, IsEmpty());

    const Place to(GetParam());
    ASSERT_EQ(restore(*made, to), "restored");
    const auto restored = whole_requests(to);
    EXPECT_TRUE(std::ranges::includes(restored, before)) << restored.size() << " of " << before.size();
    EXPECT_EQ(static_cast<std::int64_t>(restored.size()), made->manifest.counts.at("service_attachment"));
}

TEST_P(Backup, ASecondOneCopiesOnlyNewFiles)
{
    add_file("4711");
    add_file("4711");
    EXPECT_EQ(backup().copied, 1) << "the same bytes once";
    add_file("4712");
    const Made second = backup();

    EXPECT_EQ(second.copied, 1);
    EXPECT_EQ(second.manifest.files.size(), 3U);
    EXPECT_EQ(directory.list().size(), 2U) << "two in one second have two names";
    EXPECT_THAT(findings(second), IsEmpty());
}

TEST_P(Backup, PreviewsAndHeldFilesComeToo)
{
    auto photo = keep("photo");
    const auto preview = keep("small");
    photo.preview = attachments::StoredPreview{.stored_name = preview.stored_name,
        .content_type = "image/webp",
        .size = preview.size,
        .sha256 = preview.sha256,
        .width = 3,
        .height = 2};
    const std::vector<attachments::StoredFile> held{keep("held")};
    const auto request = submit(cast.mei, "With a photo");
    database->write([&](db::Transaction& tx) {
        const base::Act act{.visitor = cast.mei, .at = clock.now()};
        attachments::add_attachment(tx, act, photo, {.service_request = request});
        attachments::add_held_files(tx, act, held);
    });

    const Made made = backup();
    EXPECT_EQ(made.manifest.files.size(), 3U);
    EXPECT_EQ(made.copied, 3);
}

TEST_P(Backup, AnUnfinishedOneIsRemovedByTheNext)
{
    const fs::path left = directory.scratch() / "backup" / "database";
    fs::create_directories(left);
    std::ofstream(left / "toc.dat") << "half";

    backup();
    EXPECT_FALSE(fs::exists(directory.scratch()));
    EXPECT_EQ(directory.list().size(), 1U);
}

TEST_P(Backup, OnlyOurUserReadsIt)
{
    add_file("4711");
    const Made made = backup();
    for (const auto& entry : fs::recursive_directory_iterator(directory.root())) {
        const auto expected =
            entry.is_directory() ? fs::perms::owner_all : fs::perms::owner_read | fs::perms::owner_write;
        EXPECT_EQ(entry.status().permissions(), expected) << entry.path();
    }
}

TEST_P(Backup, AFlippedByteAnywhereIsFound)
{
    add_file("4711");
    const Made made = backup();
    std::vector<fs::path> all{directory.file(made.manifest.files.front().sha256)};
    for (const auto& entry : fs::recursive_directory_iterator(path_of(made))) {
        if (entry.is_regular_file())
            all.push_back(entry.path());
    }
    for (const fs::path& path : all) {
        const std::string bytes = base::read_file(path);
        std::string flipped = bytes;
        flipped.at(flipped.size() / 2) = static_cast<char>(flipped.at(flipped.size() / 2) ^ 1);
        std::ofstream(path, std::ios::trunc) << flipped;
        EXPECT_THAT(findings(made), ElementsAre(HasSubstr(path.parent_path().string()))) << path;
        // Of the files of pg_dump one stands for all.
        if (path.parent_path().filename() != "database" || path.filename() == "toc.dat") {
            const Place to(GetParam());
            EXPECT_THAT(restore(made, to), HasSubstr("damaged")) << path;
            EXPECT_THROW(server::open_existing_database(to.config), Refused) << "all or nothing";
        }
        std::ofstream(path, std::ios::trunc) << bytes;
    }
    EXPECT_THAT(findings(made), IsEmpty());
    fs::remove(all.front());
    EXPECT_THAT(findings(made), ElementsAre(HasSubstr("cannot be read")));
}

TEST_P(Backup, RestoreRefusesAPlaceThatIsNotEmpty)
{
    add_file("4711");
    const Made made = backup();
    const Place taken(GetParam());
    ASSERT_EQ(restore(made, taken), "restored");
    EXPECT_THAT(restore(made, taken), HasSubstr(" only fills an empty "));

    const Place other(GetParam());
    const auto store = server::open_store(other.config);
    const auto upload = store->temporary_directory() / "upload";
    base::write_all(base::create_file(upload), "mine");
    store->keep(upload, base::hex(base::sha256("mine")));
    EXPECT_THAT(restore(made, other), HasSubstr("holds files already"));
}

TEST_P(Backup, WhatIsRestoredIsACopyUntilItIsAdopted)
{
    add_file("4711");
    const Place to(GetParam());
    ASSERT_EQ(restore(backup(), to), "restored");
    const auto opened = server::open_updated_database(to.config);
    const auto store = server::open_claimed_store(to.config, *opened);

    EXPECT_THAT(server::objection_to_serve(*opened, store.get()).value_or("served"),
        AllOf(HasSubstr("restored from a backup"), HasSubstr("--rehearsal"), HasSubstr("adopt-attachments")));
    EXPECT_THROW(server::claim_site(*opened, *store), Refused);
    server::adopt(*opened, *store, clock.now());
    EXPECT_EQ(server::objection_to_serve(*opened, store.get()), std::nullopt);
    server::claim_site(*opened, *store);
}

TEST_P(Backup, AnInterruptedRestoreContinues)
{
    add_file("4711");
    add_file("4712");
    const Made made = backup();
    const fs::path last = directory.file(made.manifest.files.back().sha256);
    fs::rename(last, last.string() + ".away");
    const Place to(GetParam());
    EXPECT_THAT(restore(made, to), HasSubstr("No such file"));

    fs::rename(last.string() + ".away", last);
    EXPECT_EQ(restore(made, to), "restored");
    EXPECT_EQ(whole_requests(to).size(), 2U);
}

TEST_P(Backup, ABackupOfANewerVersionIsNotRestored)
{
    Made made = backup();
    made.manifest.schema = 9999;
    commands::backup::write_manifest(path_of(made), made.manifest);
    EXPECT_THAT(restore(made, Place(GetParam())), HasSubstr("newer version"));
}

TEST_P(Backup, NamesThatLeadOutOfItAreNotFollowed)
{
    Made made = backup();
    made.manifest.parts.front().path = "../../etc/passwd";
    commands::backup::write_manifest(path_of(made), made.manifest);
    EXPECT_THAT(findings(made), ElementsAre(HasSubstr("leads out of the backup")));
}

TEST_P(Backup, TheOtherEngineIsTheWorkOfCopy)
{
    const Made made = backup();
    Place to(GetParam());
    to.config.database_url =
        support::tests_use_postgres() ? "sqlite:///" + (to.config.data_dir / "x").string() : "postgresql://gas@db/gas";
    EXPECT_THAT(restore(made, to), HasSubstr("gas-utility copy"));
}

TEST_P(Backup, OneRunAtATime)
{
    const auto lock = directory.lock();
    EXPECT_THROW(directory.lock(), Refused);
    EXPECT_THROW(static_cast<void>(directory.lock_for_reading()), Refused);
}

using BackupOfADirectory = Backup;
INSTANTIATE_TEST_SUITE_P(Files, BackupOfADirectory, testing::Values(Files{}));

TEST_P(BackupOfADirectory, NamesLostAndDamagedFilesAndIsCompleteWithoutThem)
{
    add_file("4711");
    const auto damaged = add_file("4712");
    const auto gone = add_file("4713");
    spoil(damaged.stored_name);
    fs::remove(path_of(gone.stored_name));

    const Made made = backup();
    EXPECT_THAT(made.manifest.missing, ElementsAre(HasSubstr(damaged.stored_name), HasSubstr(gone.stored_name)));
    EXPECT_THAT(made.manifest.missing.front(), HasSubstr("attachment 2 of service request 2, meter.jpg"));
    EXPECT_EQ(made.manifest.files.size(), 1U);
    const auto verified = commands::backup::verify(named(made), commands::backup::no_progress());
    EXPECT_THAT(verified.findings, IsEmpty());
    EXPECT_THAT(verified.missing, ElementsAre(HasSubstr("meter.jpg"), HasSubstr("is missing")));
    const Place to(GetParam());
    EXPECT_EQ(restore(made, to), "restored");
}

TEST_P(BackupOfADirectory, BringsBackWhatTheSiteLostAfterAnEarlierOne)
{
    const auto lost = add_file("4711");
    backup();
    fs::remove(path_of(lost.stored_name));

    const Made made = backup();
    EXPECT_THAT(made.manifest.missing, IsEmpty());
    const Place to(GetParam());
    ASSERT_EQ(restore(made, to), "restored");
    EXPECT_EQ(whole_requests(to).size(), 1U);
}

TEST_P(BackupOfADirectory, AHeldFileThatWentMeanwhileIsNoLoss)
{
    const std::vector<attachments::StoredFile> held{keep("held")};
    database->write([&](db::Transaction& tx) {
        attachments::add_held_files(tx, base::Act{.visitor = cast.mei, .at = clock.now()}, held);
    });
    const auto made = commands::backup::make_backup(
        {.database_url = database.url(),
            .open_store =
                [&] {
                    database->write([](db::Transaction& tx) { tx.apply("DELETE FROM service_held_file"); });
                    fs::remove(path_of(held.front().stored_name));
                    return server::open_store(site.config);
                },
            .program = "test"},
        directory, clock.now(), commands::backup::no_progress());
    EXPECT_THAT(made.manifest.missing, IsEmpty());
}
