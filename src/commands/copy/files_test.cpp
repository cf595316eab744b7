// The files of a site brought from one store to another: between directories, and with a bucket on the S3-speaking
// server that tests/s3/run starts and names in GAS_TEST_S3; without it that test does not exist.

#include "commands/copy/files.hpp"

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "commands/demo/demo.hpp"
#include "storage/local_store.hpp"
#include "storage/s3_store.hpp"
#include "support/cast.hpp"
#include "support/fake_clock.hpp"
#include "support/test_database.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace {

using commands::copy::CopiedFiles;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Takes only so many files.
class FullStore : public storage::LocalStore
{
  public:
    FullStore(std::filesystem::path root, int room) : LocalStore(std::move(root)), room_(room) {}
    void put(std::string_view name, const std::filesystem::path& uploaded, std::string_view sha256) override
    {
        if (--room_ < 0)
            throw base::Unavailable("the disk is full");
        LocalStore::put(name, uploaded, sha256);
    }

  private:
    std::atomic<int> room_;
};

class FilesOfACopy : public testing::Test
{
  protected:
    FilesOfACopy()
    {
        const base::Zone zone("America/New_York");
        commands::demo::make_town(*database, source,
            {.options = {.customers = 5, .requests = 300},
                .password_hash = support::cheap_hash("brass-kettle-41"),
                .now = support::FakeClock::start,
                .zone = zone});
        total = database.number("SELECT COUNT(*) FROM service_attachment");
    }

    CopiedFiles copy(storage::Store& into)
    {
        return commands::copy::copy_files(
            *database, {source, into}, [this](std::string_view, std::int64_t done, auto) { told = done; });
    }
    std::string first_name()
    {
        return database->read()
            ->query("SELECT stored_name FROM service_attachment ORDER BY id LIMIT 1")
            .first([](const db::Row& row) { return row.string(0); })
            .value();
    }
    static void spoil(const std::filesystem::path& file) { std::ofstream(file, std::ios::trunc) << "spoiled"; }

    support::TestDatabase database;
    storage::LocalStore source{database.directory() / "source"};
    std::int64_t total = 0;
    std::int64_t told = 0;
};

class ThroughAnS3Server : public FilesOfACopy, public testing::WithParamInterface<std::string>
{
};

std::vector<std::string> s3_servers()
{
    const char* origin = std::getenv("GAS_TEST_S3");
    return origin == nullptr ? std::vector<std::string>{} : std::vector<std::string>{origin};
}

} // namespace

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(ThroughAnS3Server);
INSTANTIATE_TEST_SUITE_P(Copy, ThroughAnS3Server, testing::ValuesIn(s3_servers()));

TEST_F(FilesOfACopy, AreAllBroughtOnceAndReadThere)
{
    ASSERT_GE(total, 10);
    storage::LocalStore target(database.directory() / "target");

    const CopiedFiles first = copy(target);
    EXPECT_EQ(first.whole, total);
    EXPECT_EQ(first.moved, total);
    EXPECT_EQ(static_cast<std::int64_t>(first.bytes), database.number("SELECT SUM(size) FROM service_attachment"));
    EXPECT_THAT(first.lost, IsEmpty());
    EXPECT_EQ(told, total);

    const CopiedFiles second = copy(target);
    EXPECT_EQ(second.whole, total);
    EXPECT_EQ(second.moved, 0);
    EXPECT_EQ(copy(source).moved, 0) << "one place for both: only read";
}

TEST_F(FilesOfACopy, PreviewsComeWithTheirPhotos)
{
    const auto upload = source.temporary_directory() / "preview";
    std::ofstream(upload) << "small";
    const std::string sha256 = base::hex(base::sha256("small"));
    const std::string name = source.keep(upload, sha256);
    database->write([&](db::Transaction& tx) {
        tx.apply(
            "INSERT INTO service_attachment_preview (attachment_id, stored_name, content_type, size, sha256, width,"
            " height) SELECT MIN(id), $1, 'image/webp', 5, $2, 3, 2 FROM service_attachment",
            name, sha256);
    });
    storage::LocalStore target(database.directory() / "target");

    EXPECT_EQ(copy(target).moved, total + 1);
    EXPECT_TRUE(std::filesystem::exists(target.path_of(name)));
    EXPECT_EQ(told, total + 1);
    std::filesystem::remove(source.path_of(name));
    std::filesystem::remove(target.path_of(name));
    EXPECT_THAT(copy(target).lost, ElementsAre(HasSubstr("preview of")));
}

TEST_F(FilesOfACopy, GoOnWhereAFullDiskEndedThem)
{
    const auto place = database.directory() / "target";
    FullStore full(place, 7);
    EXPECT_THROW(copy(full), base::Unavailable);

    storage::LocalStore target(place);
    const CopiedFiles rest = copy(target);
    EXPECT_EQ(rest.whole, total);
    EXPECT_EQ(rest.moved, total - 7);
}

TEST_F(FilesOfACopy, ReplaceWhatIsDamagedInTheTarget)
{
    storage::LocalStore target(database.directory() / "target");
    copy(target);
    spoil(target.path_of(first_name()));

    const CopiedFiles mended = copy(target);
    EXPECT_EQ(mended.whole, total);
    EXPECT_EQ(mended.moved, 1);
}

TEST_F(FilesOfACopy, ThatTheSourceLostAreNamedAndTheOthersCome)
{
    storage::LocalStore target(database.directory() / "target");
    spoil(source.path_of(first_name()));

    const CopiedFiles copied = copy(target);
    EXPECT_EQ(copied.whole, total - 1);
    EXPECT_THAT(copied.lost, ElementsAre(HasSubstr(first_name())));
    EXPECT_FALSE(std::filesystem::exists(target.path_of(first_name())));
}

TEST_P(ThroughAnS3Server, EveryFileComesBack)
{
    auto settings = storage::parse_s3_url("s3://gas-test/" + base::hex(base::random_bytes(8))).value();
    settings.endpoint = GetParam();
    settings.access_key_id = settings.secret_access_key = "S3RVER";
    storage::S3Store bucket(settings, database.directory() / "s3");
    EXPECT_EQ(copy(bucket).moved, total);
    EXPECT_EQ(copy(bucket).moved, 0);

    storage::LocalStore back(database.directory() / "back");
    const CopiedFiles returned =
        commands::copy::copy_files(*database, {bucket, back}, [](std::string_view, std::int64_t, std::int64_t) {});
    EXPECT_EQ(returned.moved, total);
    EXPECT_EQ(returned.whole, total);
}
