// Backups in a bucket of the server that tests/s3/run names in GAS_TEST_S3; without it these tests do not exist in the
// program. What a backup holds is in backup_test.cpp.

#include "commands/backup/bucket.hpp"

#include "attachments/attachment.hpp"
#include "base/crypto.hpp"
#include "base/error.hpp"
#include "commands/backup/manifest.hpp"
#include "commands/backup/retention.hpp"
#include "commands/commands.hpp"
#include "support/saved_site.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>

#include <fstream>

namespace {

using commands::Refused;
using commands::backup::Bucket;
using commands::backup::Made;
using support::Files;
using support::Place;
using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

namespace fs = std::filesystem;

std::vector<Files> places_to_try()
{
    const std::string server = support::s3_test_server();
    return server.empty() ? std::vector<Files>{} : std::vector<Files>{{}, {server}};
}

class BackupInABucket : public support::SavedSite, public testing::WithParamInterface<Files>
{
  protected:
    BackupInABucket() : SavedSite(GetParam()) {}

    /// Another process of the same machine.
    Bucket open() { return Bucket(settings, scratch, 20'000); }
    Made backup()
    {
        Bucket bucket = open();
        const auto hold = bucket.lock();
        clock.advance(std::chrono::seconds(1));
        return backup_into(bucket);
    }
    /// By what an operator types, on a machine of its own.
    commands::backup::Named find(const std::string& name = {}) const
    {
        server::Config config = elsewhere.config;
        config.s3 = settings;
        config.s3.prefix = "files-of-this-site";
        return commands::backup::find_backup(settings.url() + (name.empty() ? "" : "/" + name), config);
    }
    std::vector<std::string> objects(const std::string& beginning = {}) const
    {
        std::vector<std::string> names;
        storage::S3Bucket(settings).list(beginning, [&](const storage::S3Listed& object) {
            names.push_back(beginning + std::string(object.name));
            return storage::Listing::Continues;
        });
        return names;
    }
    void put(const std::string& name, const std::string& bytes)
    {
        const auto path = database.directory() / "object";
        std::ofstream(path, std::ios::trunc) << bytes;
        storage::S3Bucket(settings).put(name, base::open_file(path, O_RDONLY), base::hex(base::sha256(bytes)));
    }
    static std::string words(const std::function<void()>& work)
    {
        try {
            work();
        } catch (const std::exception& error) {
            return error.what();
        }
        return "no error";
    }

    storage::S3Settings settings = support::new_s3_place(support::s3_test_server());
    fs::path scratch = database.directory() / "scratch";
    Place elsewhere{Files{}};
};

} // namespace

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(BackupInABucket);
INSTANTIATE_TEST_SUITE_P(Files, BackupInABucket, testing::ValuesIn(places_to_try()), [](const auto& tried) {
    return std::string(tried.param.s3_endpoint.empty() ? "OnAnS3ServerFromADirectory" : "OnAnS3ServerFromABucket");
});

TEST_P(BackupInABucket, IsVerifiedAndRestoredIntoAnEmptyPlace)
{
    add_file("4711");
    add_file("4712");
    const Made made = backup();

    EXPECT_EQ(made.copied, 2);
    EXPECT_THAT(findings(find()), IsEmpty());
    EXPECT_THAT(findings(find(made.name)), IsEmpty());
    const Place to(GetParam());
    ASSERT_EQ(restore(find(), to), "restored");
    EXPECT_THAT(whole_requests(to), ElementsAre("The meter shows 4711", "The meter shows 4712"));
    EXPECT_THAT(restore(find(), to), HasSubstr(" only fills an empty "));
}

TEST_P(BackupInABucket, ASecondOneUploadsOnlyNewFiles)
{
    add_file("4711");
    EXPECT_EQ(backup().copied, 1);
    add_file("4712");
    add_file("4711");
    const Made second = backup();

    EXPECT_EQ(second.copied, 1);
    EXPECT_THAT(second.manifest.files, SizeIs(3));
    EXPECT_THAT(objects("files/"), SizeIs(2));
    EXPECT_THAT(open().list(), SizeIs(2));
    EXPECT_THAT(findings(find()), IsEmpty());
}

TEST_P(BackupInABucket, ALargeDatabaseIsInPieces)
{
    const Made made = backup();
    const auto& part = *std::ranges::max_element(made.manifest.parts, {}, &commands::backup::Part::size);
    ASSERT_GT(part.size, 20'000U);
    const auto pieces = objects(made.name + "/" + part.path + ".");

    EXPECT_THAT(pieces, SizeIs((part.size + 19'999) / 20'000));
    EXPECT_TRUE(pieces.front().ends_with(".000000"));
    EXPECT_THAT(findings(find()), IsEmpty());
    storage::S3Bucket(settings).remove(pieces.back());
    EXPECT_THAT(findings(find()),
        ElementsAre(AllOf(HasSubstr(settings.url() + "/" + made.name + "/" + part.path), HasSubstr("is damaged"))));
}

TEST_P(BackupInABucket, AChangedByteOrAMissingObjectIsFound)
{
    add_file("4711");
    const Made made = backup();
    const std::string file =
        "files/" + made.manifest.files.front().sha256.substr(0, 2) + "/" + made.manifest.files.front().sha256;
    put(file, "4712");
    EXPECT_THAT(findings(find()), ElementsAre(AllOf(HasSubstr(settings.url() + "/" + file), HasSubstr("is damaged"))));
    const Place to(GetParam());
    EXPECT_THAT(restore(find(), to), AllOf(HasSubstr(file), HasSubstr("is damaged")));
    EXPECT_THROW(server::open_existing_database(to.config), Refused) << "all or nothing";

    storage::S3Bucket(settings).remove(file);
    EXPECT_THAT(findings(find()), ElementsAre(HasSubstr("cannot be read: No such file")));
    EXPECT_EQ(backup().copied, 1) << "the next one brings it again";
    EXPECT_THAT(findings(find(made.name)), IsEmpty());
}

TEST_P(BackupInABucket, AKilledOneIsNoBackupAndGoesWithTheNext)
{
    add_file("4711");
    const Made good = backup();
    const std::string id = base::read_file(scratch / "run-id");
    put("running/" + id, "2099-01-01T000000Z\n");
    put("2099-01-01T000000Z/database.sqlite3.000000", "half");

    EXPECT_THAT(open().list(), ElementsAre(good.name));
    EXPECT_THAT(findings(find()), IsEmpty());
    backup();
    EXPECT_THAT(objects(), Each(Not(StartsWith("2099"))));
    EXPECT_THAT(objects("running/"), IsEmpty());
}

TEST_P(BackupInABucket, OneThatLostItsManifestIsNamed)
{
    backup();
    const Made newest = backup();
    storage::S3Bucket(settings).remove(newest.name + "/manifest.json");

    EXPECT_THAT(findings(find()), ElementsAre(HasSubstr(newest.name + "/manifest.json cannot be read")));
    Bucket bucket = open();
    const auto hold = bucket.lock();
    EXPECT_THAT(
        words([&] { commands::backup::remove_old(bucket, {.days = 1}); }), HasSubstr("no old backup was removed"));
}

TEST_P(BackupInABucket, OldOnesGoWithTheFilesThatOnlyTheyName)
{
    const auto first = add_file("4711");
    const Made old = backup();
    database->write([](db::Transaction& tx) { tx.apply("DELETE FROM service_attachment"); });
    add_file("4712");
    const Made newest = backup();
    Bucket bucket = open();
    const auto hold = bucket.lock();

    const auto removed = commands::backup::remove_old(bucket, {.days = 1});
    EXPECT_THAT(removed.backups, ElementsAre(old.name));
    EXPECT_EQ(removed.files, 1U);
    EXPECT_THAT(objects(), Each(Not(HasSubstr(old.name))));
    EXPECT_THAT(objects("files/"), Each(Not(HasSubstr(first.sha256))));
    EXPECT_THAT(open().list(), ElementsAre(newest.name));
}

TEST_P(BackupInABucket, OneRunAtATimeOnAllMachines)
{
    Bucket bucket = open();
    const auto hold = bucket.lock();
    EXPECT_THAT(words([this] { open().lock(); }), HasSubstr("only one backup, check or restore at a time"));
    Bucket other(settings, database.directory() / "other-machine");
    EXPECT_THAT(words([&] { other.lock(); }), HasSubstr("runs on another machine, or was killed there"));
    EXPECT_THAT(objects("running/"), SizeIs(1)) << "whoever was refused leaves nothing";
}

TEST_P(BackupInABucket, WrongKeysAndAMissingBucketAreNamedInPlainWords)
{
    settings.secret_access_key = "guessed";
    EXPECT_THAT(words([this] { backup(); }),
        AllOf(HasSubstr("the bucket for backups s3://gas-test/"), HasSubstr("refuses us"), Not(HasSubstr("guessed"))));
    EXPECT_THAT(words([this] { find(); }), HasSubstr("check s3_access_key_id, s3_secret_access_key"));

    settings.secret_access_key = "S3RVER";
    settings.bucket = "nobodys-bucket";
    EXPECT_THAT(words([this] { backup(); }), HasSubstr("has no such bucket (NoSuchBucket, status 404)"));
    EXPECT_THAT(words([this] { find(); }), HasSubstr("has no such bucket"));
}

TEST_P(BackupInABucket, NothingIsLeftOnThisMachine)
{
    add_file("4711");
    backup();
    findings(find());
    EXPECT_FALSE(fs::exists(scratch / "run"));
    EXPECT_FALSE(fs::exists(elsewhere.config.data_dir / "backup-scratch" / "run"));
}

TEST(BackupPlace, ABucketNeedsAValidNameKeysAndAPlaceOfItsOwn)
{
    const support::TemporaryDirectory directory;
    server::Config config;
    config.data_dir = directory.path();
    const auto refusal = [&](const std::string& place) -> std::string {
        try {
            commands::backup::open_destination(place, config);
        } catch (const server::UsageError& error) {
            return std::string("usage: ") + error.what();
        } catch (const Refused& refused) {
            return refused.what();
        }
        return "opened";
    };
    EXPECT_THAT(refusal("s3://Gas_1"), HasSubstr("usage: \"s3://Gas_1\" is not s3://BUCKET"));
    EXPECT_THAT(refusal("s3://gas/backups"), HasSubstr("set s3_access_key_id and s3_secret_access_key"));
    config.s3 = storage::parse_s3_url("s3://gas/files").value();
    config.s3.access_key_id = config.s3.secret_access_key = "mine";
    EXPECT_THAT(refusal("s3://gas/files/"), HasSubstr("holds the site's attachments"));
    EXPECT_EQ(refusal("s3://gas/backups"), "opened");
}
