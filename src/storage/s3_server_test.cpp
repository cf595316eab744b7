// Against a real S3-speaking server, which script/s3 starts and names in GAS_TEST_S3 as http://HOST:PORT. Without it
// these tests do not exist in the program.

#include "attachments/attachment.hpp"
#include "attachments/site_store.hpp"
#include "attachments/sweeper.hpp"
#include "base/crypto.hpp"
#include "base/error.hpp"
#include "storage/s3_store.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fcntl.h>

using namespace attachments;
using namespace storage;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

namespace {

std::vector<std::string> endpoints()
{
    const char* origin = std::getenv("GAS_TEST_S3");
    if (origin == nullptr)
        return {};
    const std::string host = std::string(origin).substr(std::string_view("http://").size());
    return {origin, "http://{bucket}.s3." + host};
}

S3Settings settings_for(const std::string& endpoint)
{
    S3Settings settings = parse_s3_url("s3://gas-test/" + base::hex(base::random_bytes(8))).value();
    settings.endpoint = endpoint;
    settings.access_key_id = "S3RVER";
    settings.secret_access_key = "S3RVER";
    settings.page_size = 2;
    return settings;
}

class S3Server : public ::testing::TestWithParam<std::string>
{
  protected:
    std::filesystem::path upload(std::string_view bytes)
    {
        const auto path = store.temporary_directory() / base::random_token();
        base::write_all(base::create_file(path), bytes);
        return path;
    }
    attachments::Attachment keep(std::string_view bytes)
    {
        attachments::Attachment file;
        file.size = bytes.size();
        file.sha256 = base::hex(base::sha256(bytes));
        file.stored_name = store.keep(upload(bytes), file.sha256);
        return file;
    }

    support::TestDatabase database;
    S3Settings settings = settings_for(GetParam());
    S3Store store{settings, database.directory() / "attachments"};
};

} // namespace

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(S3Server);
INSTANTIATE_TEST_SUITE_P(PathAndHost, S3Server, ::testing::ValuesIn(endpoints()),
    [](const auto& chosen) { return std::string(chosen.index == 0 ? "BucketInPath" : "BucketInHost"); });

TEST_P(S3Server, GivesBackWhatWasKeptUntilItIsDiscarded)
{
    std::string bytes = base::random_bytes(3'000'000);
    const attachments::Attachment file = keep(bytes);

    EXPECT_EQ(base::read_some(store.open(file.key()), 4'000'000), bytes);
    store.discard(file.stored_name);
    EXPECT_THROW(store.open(file.key()), base::NotFound);
    store.discard(file.stored_name);
}

TEST_P(S3Server, KeepsAnEmptyFileAndOneUnderItsOldName)
{
    const attachments::Attachment file = keep("");
    EXPECT_EQ(base::read_some(store.open(file.key()), 10), "");

    attachments::Attachment again = file;
    again.sha256 = base::hex(base::sha256("copied"));
    store.put(file.stored_name, upload("copied"), again.sha256);
    EXPECT_EQ(base::read_some(store.open(again.key()), 10), "copied");
    EXPECT_THROW(store.open(file.key()), DamagedFile);
}

TEST_P(S3Server, DoesNotStoreWhatDoesNotFitItsChecksum)
{
    EXPECT_THROW(store.keep(upload("cut off"), base::hex(base::sha256("cut off in the middle"))), base::Unavailable);
    EXPECT_FALSE(store.has_files());
}

TEST_P(S3Server, RefusesAWrongSecretAndAWrongKeyInPlainWords)
{
    const auto words = [](S3Settings wrong) -> std::string {
        try {
            storage::S3Bucket(std::move(wrong)).probe();
        } catch (const base::Unavailable& error) {
            return error.what();
        }
        return "accepted";
    };
    storage::S3Settings wrong = settings;
    wrong.secret_access_key = "guessed";
    EXPECT_THAT(
        words(wrong), AllOf(HasSubstr("refuses us (SignatureDoesNotMatch, status 403)"), Not(HasSubstr("guessed"))));
    wrong.access_key_id = "nobody";
    EXPECT_THAT(words(wrong), HasSubstr("refuses us (InvalidAccessKeyId, status 403)"));
    EXPECT_EQ(words(settings), "accepted");
}

TEST_P(S3Server, TheSweepRemovesWhatNoRowNamesFromManyPages)
{
    for (int i = 0; i < 5; ++i)
        keep("forgotten");
    const auto notes = upload("mine");
    storage::S3Bucket(settings).put("notes.txt", base::open_file(notes, O_RDONLY), base::hex(base::sha256("mine")));
    base::remove_file(notes);

    const base::Time now = base::SystemClock().now();
    attachments::Sweeper sweeper(*database, store, StoreUse::Alone, now);

    EXPECT_THAT(sweeper.sweep(*database->read(), now), StartsWith("0 files"));
    EXPECT_THAT(sweeper.sweep(*database->read(), now + std::chrono::hours(2)), StartsWith("5 files"));
    EXPECT_THAT(sweeper.sweep(*database->read(), now + std::chrono::hours(2)), StartsWith("0 files"));
    EXPECT_FALSE(store.has_files());
    EXPECT_EQ(store.list_trash().size(), 5U);

    sweeper.sweep(*database->read(), now + std::chrono::days(32));
    EXPECT_TRUE(store.list_trash().empty());
}

TEST_P(S3Server, AFileComesBackFromTheTrashWhole)
{
    std::string bytes = base::random_bytes(300'000);
    const attachments::Attachment file = keep(bytes);
    const TrashedFile trashed{.stored_name = file.stored_name, .day = "2026-11-27"};

    EXPECT_TRUE(store.move_to_trash(trashed));
    EXPECT_FALSE(store.move_to_trash(trashed));
    EXPECT_THROW(store.open(file.key()), base::NotFound);
    store.bring_back(trashed);
    EXPECT_EQ(base::read_some(store.open(file.key()), 400'000), bytes);
    EXPECT_TRUE(store.list_trash().empty());
}

TEST_P(S3Server, NodesWithOneBucketAreOneSite)
{
    attachments::claim(*database, store);
    storage::S3Store second(settings, database.directory() / "second");
    attachments::claim(*database, second);

    const support::TestDatabase other;
    EXPECT_THROW(attachments::claim(*other, second), ForeignStore);
}

TEST_P(S3Server, ThePagesKeepAndShowFilesAndTellOfALostOne)
{
    support::TestSite site(
        [&](const auto& directory) { return std::make_unique<storage::S3Store>(settings, directory); });
    support::Client mei(site);
    mei.sign_in_as(site.cast.mei);
    const std::string url = "/service/" + std::to_string(site.submit(site.cast.mei, "Boiler").value) + "/";
    std::vector<http::UploadedFile> files;
    files.push_back(site.upload("meter.png", support::tiny_png()));
    EXPECT_EQ(mei.post(url + "comments/", {{"text", "See"}}, std::move(files)).status, 303);
    EXPECT_EQ(site.count_files(), 0U);

    const auto response = mei.ask(http::Method::Get, url + "attachments/1/");
    EXPECT_EQ(base::read_some(std::get<http::FileBody>(response.body).file, 1000), support::tiny_png());
    EXPECT_EQ(response.content_type, "image/png");

    site.services().attachments.discard(site.database->read()
                                            ->query("SELECT stored_name FROM service_attachment")
                                            .first([](const db::Row& row) { return row.string(0); })
                                            .value());
    EXPECT_THAT(mei.get(url + "attachments/1/").body, HasSubstr("This file is not available"));
}

TEST(S3Site, WithoutItsStoreRefusesFilesAndKeepsTheText)
{
    storage::S3Settings gone = settings_for("http://127.0.0.1:1");
    gone.attempts = 1;
    support::TestSite site([&](const auto& directory) { return std::make_unique<storage::S3Store>(gone, directory); });
    support::Client mei(site);
    mei.sign_in_as(site.cast.mei);
    const std::string url = "/service/" + std::to_string(site.submit(site.cast.mei, "Boiler").value) + "/";
    std::vector<http::UploadedFile> files;
    files.push_back(site.upload("meter.png", support::tiny_png()));

    const auto page = mei.post(url + "comments/", {{"text", "See what I mean"}}, std::move(files));

    EXPECT_EQ(page.status, 503);
    EXPECT_THAT(page.body, HasSubstr("See what I mean"));
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_comment"), 0);
    EXPECT_EQ(site.count_files(), 0U);
    EXPECT_EQ(mei.post(url + "comments/", {{"text", "Without the picture"}}).status, 303);
}
