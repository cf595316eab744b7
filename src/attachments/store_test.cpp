#include "attachments/file_type.hpp"
#include "attachments/local_store.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "support/service_desk.hpp"

#include <gmock/gmock.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <thread>

using namespace attachments;
using namespace std::string_view_literals;
using ::testing::Optional;

namespace {

// The smallest files that are what they say.
constexpr auto jpeg = "\xFF\xD8\xFF\xE0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xFF\xD9"sv;
constexpr auto png = "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1F\x15\xC4\x89"sv;
constexpr auto webp = "RIFF\x1A\0\0\0WEBPVP8L\x0D\0\0\0\x2F\0\0\0\x10\7\x10\x11\x11\x88\x88\xFE\7\0"sv;
constexpr auto heic = "\0\0\0\x18"
                      "ftypheic\0\0\0\0mif1heic"sv;
constexpr auto heif = "\0\0\0\x18"
                      "ftypmif1\0\0\0\0mif1heic"sv;
constexpr auto pdf = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"sv;

class AttachmentStore : public support::ServiceDesk
{
  protected:
    std::filesystem::path upload(std::string_view bytes)
    {
        const auto path = store.temporary_directory() / ("upload" + std::to_string(uploads_++));
        base::write_all(base::create_file(path), bytes);
        return path;
    }
    std::optional<std::string> type_of(std::string_view bytes) { return store.detect_type(upload(bytes)); }

    static void make_older(const std::filesystem::path& file, std::chrono::minutes age)
    {
        std::filesystem::last_write_time(file, std::filesystem::file_time_type::clock::now() - age);
    }
    std::size_t sweep() { return store.sweep(*database->read(), base::SystemClock().now()); }

    LocalStore store{database.directory() / "attachments"};

  private:
    int uploads_ = 0;
};

} // namespace

TEST_F(AttachmentStore, KnowsTheFiveTypesByTheirContent)
{
    EXPECT_THAT(type_of(jpeg), Optional("image/jpeg"sv));
    EXPECT_THAT(type_of(png), Optional("image/png"sv));
    EXPECT_THAT(type_of(webp), Optional("image/webp"sv));
    EXPECT_THAT(type_of(heic), Optional("image/heic"sv));
    EXPECT_THAT(type_of(heif), Optional("image/heic"sv));
    EXPECT_THAT(type_of(pdf), Optional("application/pdf"sv));
}

TEST_F(AttachmentStore, RefusesEverythingElse)
{
    for (const std::string_view bytes : {""sv, "\xFF\xD8"sv, "GIF89a\1\0\1\0"sv,
             "<svg xmlns='http://www.w3.org/2000/svg'/>"sv, "<html><script>alert(1)</script>"sv, "MZ\x90\0\3\0\0\0"sv,
             "\x7F"
             "ELF\2\1\1\0"sv,
             "#!/bin/sh\n"sv, "PK\3\4"sv, "RIFF\4\0\0\0WAVEfmt "sv,
             "\0\0\0\x18"
             "ftypisom\0\0\0\0isomavc1"sv,
             "\n%PDF-1.4\n"sv, "plain text"sv}) {
        EXPECT_EQ(type_of(bytes), std::nullopt) << bytes;
    }
}

TEST_F(AttachmentStore, DetectsFromManyThreadsAtOnce)
{
    const auto file = upload(png);
    std::vector<std::thread> threads;
    std::atomic<int> right = 0;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int j = 0; j < 20; ++j) {
                right += store.detect_type(file) == "image/png";
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(right, 80);
}

TEST_F(AttachmentStore, KeepsBytesUnderARandomNameAndDiscardsThem)
{
    const auto uploaded = upload(jpeg);
    const std::string name = store.keep(uploaded, {});

    EXPECT_EQ(name.size(), 32U);
    EXPECT_FALSE(std::filesystem::exists(uploaded));
    EXPECT_EQ(base::read_file(store.path_of(name)), jpeg);
    EXPECT_NE(store.keep(upload(jpeg), {}), name);
    store.discard(name);
    EXPECT_FALSE(std::filesystem::exists(store.path_of(name)));
    store.discard(name);
    store.discard("../../etc/passwd");
}

TEST_F(AttachmentStore, NamesThatItDidNotGiveAreNoPaths)
{
    for (const char* name : {"", "..", "../../../../etc/passwd", "ABCDEF0123456789ABCDEF0123456789", "ab/cdef"}) {
        EXPECT_THROW(store.path_of(name), std::invalid_argument) << name;
    }
}

TEST_F(AttachmentStore, SweepsOnlyOldFilesThatNoRowNames)
{
    const auto request = submit(cast.mei, "Boiler is cold");
    const std::string named = store.keep(upload(jpeg), {});
    const std::string forgotten = store.keep(upload(jpeg), {});
    const std::string young = store.keep(upload(jpeg), {});
    const auto stale = upload("half an upload");
    const auto running = upload("still coming");
    database->write([&](db::Transaction& tx) {
        add_attachment(tx,
            {.stored_name = named, .name = "a.jpg", .content_type = "image/jpeg", .size = 1, .sha256 = "x"},
            {.service_request = request}, clock.now());
    });
    make_older(store.path_of(named), std::chrono::minutes(90));
    make_older(store.path_of(forgotten), std::chrono::minutes(90));
    make_older(store.path_of(young), std::chrono::minutes(59));
    make_older(stale, std::chrono::minutes(90));

    EXPECT_EQ(sweep(), 2U);
    EXPECT_TRUE(std::filesystem::exists(store.path_of(named)));
    EXPECT_FALSE(std::filesystem::exists(store.path_of(forgotten)));
    EXPECT_TRUE(std::filesystem::exists(store.path_of(young)));
    EXPECT_FALSE(std::filesystem::exists(stale));
    EXPECT_TRUE(std::filesystem::exists(running));
    EXPECT_EQ(sweep(), 0U);
}

TEST_F(AttachmentStore, SweepsMoreFilesThanOneQuestionHolds)
{
    for (int i = 0; i < 80; ++i) {
        make_older(store.path_of(store.keep(upload(jpeg), {})), std::chrono::minutes(90));
    }
    EXPECT_EQ(sweep(), 80U);
}

TEST_F(AttachmentStore, LeavesAloneWhatItDidNotPutThere)
{
    std::filesystem::create_directories(database.directory() / "attachments" / "ab");
    const auto foreign = database.directory() / "attachments" / "ab" / "notes.txt";
    base::write_all(base::create_file(foreign), "mine");
    make_older(foreign, std::chrono::minutes(90));

    EXPECT_EQ(sweep(), 0U);
    EXPECT_TRUE(std::filesystem::exists(foreign));
}
