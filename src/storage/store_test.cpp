#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "storage/file_type.hpp"
#include "storage/local_store.hpp"
#include "support/service_desk.hpp"

#include <gmock/gmock.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <thread>

using namespace storage;
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
constexpr auto pdf_with_mark = "\xEF\xBB\xBF%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"sv;

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
    EXPECT_THAT(type_of(pdf_with_mark), Optional("application/pdf"sv));
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

TEST_F(AttachmentStore, TrashIsKeptByDaysAndCanBeBroughtBack)
{
    const std::string name = store.keep(upload(jpeg), {});
    const TrashedFile trashed{.stored_name = name, .day = "2026-11-27"};

    EXPECT_TRUE(store.move_to_trash(trashed));
    EXPECT_FALSE(store.move_to_trash(trashed));
    EXPECT_FALSE(store.has_files());
    EXPECT_EQ(base::read_file(database.directory() / "attachments/trash/2026-11-27" / name), jpeg);
    ASSERT_EQ(store.list_trash().size(), 1U);
    EXPECT_EQ(store.list_trash()[0].stored_name, name);
    EXPECT_EQ(store.list_trash()[0].day, "2026-11-27");

    store.bring_back(trashed);
    EXPECT_TRUE(store.has_files());
    EXPECT_EQ(base::read_file(store.path_of(name)), jpeg);
    store.move_to_trash(trashed);
    store.remove_from_trash(trashed);
    EXPECT_TRUE(store.list_trash().empty());
    EXPECT_FALSE(store.has_files());
}

TEST_F(AttachmentStore, NothingOutsideOfTheTrashIsTrash)
{
    const std::string name(32, 'a');
    for (const char* day : {"", "..", "../..", "2026-1-1", "2026-11-27/..", "yesterday"}) {
        EXPECT_THROW(store.remove_from_trash({.stored_name = name, .day = day}), std::invalid_argument) << day;
        EXPECT_THROW(store.bring_back({.stored_name = name, .day = day}), std::invalid_argument) << day;
    }
    EXPECT_THROW(store.remove_from_trash({.stored_name = "../x", .day = "2026-11-27"}), std::invalid_argument);
}

TEST_F(AttachmentStore, NobodyGetsAByteOfADamagedFile)
{
    const std::string bytes(100'000, 'a');
    const std::string sha256 = base::hex(base::sha256(bytes));
    const std::string name = store.keep(upload(bytes), sha256);
    const FileKey key{.stored_name = name, .sha256 = sha256, .size = bytes.size()};
    EXPECT_EQ(base::read_some(store.open(key), bytes.size()), bytes);
    EXPECT_EQ(base::read_some(store.open(key), 1), "a") << "compared a moment ago, at its beginning";

    base::write_all(base::open_file(store.path_of(name), O_WRONLY), "b");
    EXPECT_THROW(store.open(key), DamagedFile);
    EXPECT_THROW(store.open(key), DamagedFile);

    std::filesystem::resize_file(store.path_of(name), 5);
    EXPECT_THROW(store.open(key), DamagedFile);
}
