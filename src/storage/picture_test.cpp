#include "storage/picture.hpp"

#include "support/pictures.hpp"
#include "support/test_database.hpp"
#include "support/test_site.hpp"

#include <fstream>
#include <gtest/gtest.h>

namespace {

using namespace std::string_literals;
using storage::is_complete;
using support::tiny_jpeg;
using support::tiny_png;
using support::tiny_webp;

std::string without_end(const std::string& bytes, std::size_t count)
{
    return bytes.substr(0, bytes.size() - count);
}

TEST(Picture, AJpegIsCompleteWithTheEndMarkerOfItsOwnPicture)
{
    const std::string thumbnail = "\xFF\xE1\x00\x08"s + "ab\xFF\xD9"s + "cd"s;
    const std::string with_thumbnail = "\xFF\xD8"s + thumbnail + tiny_jpeg(3, 2).substr(2);

    EXPECT_TRUE(is_complete(tiny_jpeg(3, 2), "image/jpeg"));
    EXPECT_TRUE(is_complete(tiny_jpeg(3, 2) + "a video that the phone added", "image/jpeg"));
    EXPECT_TRUE(is_complete(with_thumbnail, "image/jpeg"));
    EXPECT_FALSE(is_complete(without_end(tiny_jpeg(3, 2), 2), "image/jpeg"));
    EXPECT_FALSE(is_complete(without_end(with_thumbnail, 2), "image/jpeg"))
        << "the thumbnail's end is not the picture's";
    EXPECT_FALSE(is_complete("\xFF\xD8\xFF\xE0\xFF"s, "image/jpeg"));
}

TEST(Picture, APngIsCompleteWithIend)
{
    EXPECT_TRUE(is_complete(tiny_png(), "image/png"));
    EXPECT_TRUE(is_complete(tiny_png() + "more", "image/png"));
    for (const std::size_t missing : {1U, 12U, 30U})
        EXPECT_FALSE(is_complete(without_end(tiny_png(), missing), "image/png")) << missing;
    EXPECT_FALSE(is_complete("\x89PNG\r\n\x1a\n\xFF\xFF\xFF\xFFIDAT"s + std::string(40, 'x'), "image/png"));
}

TEST(Picture, IsDrawnOnlyWithAWholeHeaderAndAsManyPixelsAsPhonesHave)
{
    const auto png = [](std::string sides, std::size_t damaged) {
        std::string bytes = tiny_png();
        bytes.replace(16, sides.size(), sides);
        bytes.at(damaged) ^= 1;
        return bytes;
    };
    using storage::may_be_drawn;
    EXPECT_TRUE(may_be_drawn(tiny_png(), "image/png"));
    EXPECT_FALSE(may_be_drawn(png("\0\1\x86\xA0\0\1\x86\xA0"s, 40), "image/png")) << "its checksum is of one pixel";
    EXPECT_FALSE(may_be_drawn(png("", 30), "image/png"));
    EXPECT_FALSE(may_be_drawn(tiny_png().substr(0, 32), "image/png"));
    EXPECT_TRUE(may_be_drawn(tiny_jpeg(8160, 6144), "image/jpeg"));
    EXPECT_FALSE(may_be_drawn(tiny_jpeg(8160, 6426), "image/jpeg"));
    EXPECT_FALSE(may_be_drawn(tiny_jpeg(60000, 0), "image/jpeg"));
    EXPECT_FALSE(may_be_drawn("\xFF\xD8\xFF\xDA"s, "image/jpeg"));
    EXPECT_TRUE(may_be_drawn(tiny_webp(8192, 6400), "image/webp"));
    EXPECT_FALSE(may_be_drawn(tiny_webp(100000, 100000), "image/webp"));
    EXPECT_TRUE(may_be_drawn("anything", "image/heic")) << "no browser draws it";
}

TEST(Picture, AWebpIsAsLongAsItSays)
{
    EXPECT_TRUE(is_complete(tiny_webp(3, 2), "image/webp"));
    EXPECT_FALSE(is_complete(without_end(tiny_webp(3, 2), 1), "image/webp"));
}

TEST(Picture, AHeicHoldsAllItsBoxes)
{
    const std::string heic = "\0\0\0\x0C"s + "ftypheic" + "\0\0\0\x0A"s + "mdatab";
    EXPECT_TRUE(is_complete(heic, "image/heic"));
    EXPECT_TRUE(is_complete("\0\0\0\x0C"s + "ftypheic" + "\0\0\0\0"s + "mdat to the end", "image/heic"));
    EXPECT_FALSE(is_complete(without_end(heic, 1), "image/heic"));
    EXPECT_FALSE(is_complete("\0\0\0\x0C"s + "ftypheic" + "\0\0\0\1mdat\0\0\0\0\0\1\0\0"s, "image/heic"));
}

TEST(Picture, APictureWithoutASideIsNone)
{
    std::string flat = tiny_png();
    flat.replace(16, 4, 4, '\0');
    EXPECT_FALSE(is_complete(flat, "image/png"));
}

TEST(Picture, APdfEndsWithItsMark)
{
    const std::string pdf = "%PDF-1.4\n" + std::string(9000, 'x') + "\n%%EOF\n";
    EXPECT_TRUE(is_complete(pdf, "application/pdf"));
    EXPECT_TRUE(is_complete(pdf + "-- \r\nadded by the mail program", "application/pdf"));
    EXPECT_FALSE(is_complete(without_end(pdf, 7), "application/pdf"));
    EXPECT_FALSE(is_complete("%PDF-", "application/pdf"));
    EXPECT_FALSE(is_complete("%PDF-1.4\n%%EOF" + std::string(9000, 'x'), "application/pdf")) << "the rest is missing";
}

TEST(Picture, OtherTypesAreNotJudged)
{
    EXPECT_TRUE(is_complete("any", "text/plain"));
}

TEST(Picture, ItsHeaderHasItsSides)
{
    for (const std::string& bytes : {tiny_jpeg(320, 240), tiny_webp(320, 240)}) {
        const auto header = storage::read_picture_header(bytes);
        ASSERT_TRUE(header);
        EXPECT_EQ(header->width, 320U);
        EXPECT_EQ(header->height, 240U);
    }
    EXPECT_EQ(storage::read_picture_header(tiny_png())->width, 1U);
    EXPECT_FALSE(storage::read_picture_header(""));
}

TEST(Picture, APreviewIsSmallCompleteAndAJpegOrWebp)
{
    const support::TemporaryDirectory directory;
    const auto is_preview = [&](const std::string& bytes) {
        const auto path = directory.path() / "preview";
        std::ofstream(path, std::ios::binary) << bytes;
        return storage::read_preview_header(path).has_value();
    };
    EXPECT_TRUE(is_preview(tiny_jpeg(320, 240)));
    EXPECT_TRUE(is_preview(tiny_webp(640, 1)));
    EXPECT_FALSE(is_preview(tiny_jpeg(641, 240)));
    EXPECT_FALSE(is_preview(tiny_jpeg(0, 240)));
    EXPECT_FALSE(is_preview(tiny_jpeg(320, 240) + std::string(storage::most_preview_bytes, ' ')));
    EXPECT_FALSE(is_preview(without_end(tiny_jpeg(320, 240), 2)));
    EXPECT_FALSE(is_preview("<svg/>"));
}

} // namespace
