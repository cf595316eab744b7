#include "attachments/metadata.hpp"

#include "attachments/metadata_parts.hpp"
#include "base/crypto.hpp"
#include "storage/picture.hpp"
#include "support/pictures.hpp"
#include "support/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <random>

namespace {

using namespace std::string_literals;
using attachments::big_bytes;
using attachments::little_bytes;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string place = "N 42.6526 W 73.7562";

/// A TIFF structure with an orientation and, behind it, the place where the photo was taken.
std::string exif(unsigned orientation, bool is_big = true)
{
    const auto number = [&](std::uint32_t value, std::size_t count) {
        return is_big ? big_bytes(value, count) : little_bytes(value, count);
    };
    return (is_big ? "MM" : "II") + number(42, 2) + number(8, 4) + number(2, 2) + number(0x010F, 2) + number(2, 2) +
           number(6, 4) + number(38, 4) + number(0x0112, 2) + number(3, 2) + number(1, 4) + number(orientation, 2) +
           number(0, 2) + number(0, 4) + "Maker\0"s + place;
}

std::string segment(unsigned marker, const std::string& content)
{
    return "\xFF"s + static_cast<char>(marker) + big_bytes(static_cast<std::uint32_t>(content.size() + 2), 2) + content;
}

const std::string jfif = segment(0xE0, "JFIF\0\1\1\0\0\1\0\1\0\0"s);
const std::string profile = segment(0xE2, "ICC_PROFILE\0\1\1colors"s);
const std::string adobe = segment(0xEE, "Adobe\0\x64\0\0\0\0\1"s);
const std::string tables = segment(0xDB, "quantization"s);
const std::string frame = segment(0xC0, "\x08\0\x10\0\x10\1\1\x11\0"s);
const std::string scan = segment(0xDA, "\1\1\0\0?\0"s) + "sc\xFF\0an\xFF\xD0more"s;

std::string jpeg(const std::string& more, const std::string& behind = {})
{
    return "\xFF\xD8"s + jfif + more + profile + adobe + tables + frame + scan + "\xFF\xD9"s + behind;
}

std::string chunk(const std::string& name, const std::string& content)
{
    // The checksum is not looked at: the chunk is kept or left out as it is.
    return big_bytes(static_cast<std::uint32_t>(content.size()), 4) + name + content + "sum!";
}

std::string png(const std::string& more, const std::string& behind = {})
{
    return "\x89PNG\r\n\x1A\n"s + chunk("IHDR", "0123456789abc") + chunk("iCCP", "colors") + more +
           chunk("IDAT", "picture") + more + chunk("IEND", "") + behind;
}

std::string riff_chunk(const std::string& name, const std::string& content)
{
    return name + little_bytes(static_cast<std::uint32_t>(content.size()), 4) + content +
           (content.size() % 2 != 0 ? "\0"s : ""s);
}

std::string webp(char flags, const std::string& more, const std::string& behind = {})
{
    const std::string body = "WEBP" + riff_chunk("VP8X", flags + "\0\0\0\x0F\0\0\x0F\0\0"s) +
                             riff_chunk("ICCP", "colors!") + riff_chunk("VP8 ", "picture") + more;
    return "RIFF" + little_bytes(static_cast<std::uint32_t>(body.size()), 4) + body + behind;
}

std::string box(const std::string& type, const std::string& content)
{
    return big_bytes(static_cast<std::uint32_t>(content.size() + 8), 4) + type + content;
}

/// A picture (item 1), Exif (item 2) and XMP (item 3) in one box of data.
std::string heic()
{
    const std::string picture = "picture bytes";
    const std::string exif_item = big_bytes(0, 4) + exif(6);
    const std::string xmp = "<x:xmpmeta>" + place + "</x:xmpmeta>";
    const auto info = [](std::uint32_t id, const std::string& type) {
        return box("infe", "\2\0\0\0"s + big_bytes(id, 2) + "\0\0"s + type + "\0"s);
    };
    const std::string infos =
        box("iinf", "\0\0\0\0"s + big_bytes(3, 2) + info(1, "hvc1") + info(2, "Exif") + info(3, "mime"));
    const std::string ftyp = box("ftyp", "heic\0\0\0\0mif1heic"s);
    const auto location = [](std::uint32_t id, std::size_t at, std::size_t size) {
        return big_bytes(id, 2) + "\0\0"s + "\0\0"s + big_bytes(1, 2) + big_bytes(static_cast<std::uint32_t>(at), 4) +
               big_bytes(static_cast<std::uint32_t>(size), 4);
    };
    const auto locations = [&](std::size_t begin) {
        return box("iloc", "\1\0\0\0\x44\0"s + big_bytes(3, 2) + location(1, begin, picture.size()) +
                               location(2, begin + picture.size(), exif_item.size()) +
                               location(3, begin + picture.size() + exif_item.size(), xmp.size()));
    };
    const auto meta = [&](std::size_t begin) { return box("meta", "\0\0\0\0"s + infos + locations(begin)); };
    const std::size_t begin = ftyp.size() + meta(0).size() + 8;
    return ftyp + meta(begin) + box("mdat", picture + exif_item + xmp) + box("uuid", place) +
           box("mpvd", "film " + place);
}

class Metadata : public testing::Test
{
  protected:
    std::optional<attachments::Cleaned> clean(const std::string& bytes, std::string_view type)
    {
        const auto file = base::open_file(path(), O_WRONLY | O_CREAT | O_TRUNC);
        base::write_all(file, bytes);
        return attachments::remove_metadata(path(), type);
    }
    /// The bytes afterwards; size and checksum are compared on the way.
    std::string cleaned(const std::string& bytes, std::string_view type)
    {
        const auto result = clean(bytes, type);
        const std::string now = base::read_file(path());
        EXPECT_TRUE(result || now == bytes);
        if (result) {
            EXPECT_EQ(result->size, now.size());
            EXPECT_EQ(result->sha256, base::hex(base::sha256(now)));
        }
        return now;
    }
    std::filesystem::path path() const { return directory_.path() / "photo"; }
    std::size_t files() const
    {
        const auto all = std::filesystem::directory_iterator(directory_.path());
        return static_cast<std::size_t>(std::distance(begin(all), end(all)));
    }

  private:
    support::TemporaryDirectory directory_;
};

TEST_F(Metadata, OfAJpegGoesAndWhatItIsDrawnWithStays)
{
    const std::string all = segment(0xE1, "Exif\0\0"s + exif(1)) +
                            segment(0xE1, "http://ns.adobe.com/xap/1.0/\0<x>"s + place) +
                            segment(0xED, "Photoshop 3.0\0"s + place) + segment(0xE2, "MPF\0"s + place) +
                            segment(0xE0, "JFXX\0"s + place) + segment(0xEA, place) + segment(0xFE, place);
    EXPECT_EQ(cleaned(jpeg(all), "image/jpeg"), jpeg(""));
    EXPECT_EQ(cleaned(jpeg("", "\xFF\xD8 another picture " + place), "image/jpeg"), jpeg(""));
    EXPECT_EQ(files(), 1U);
}

TEST_F(Metadata, KeepsTheOrientationOfAJpegInEitherOrderOfBytes)
{
    for (const bool is_big : {true, false}) {
        for (unsigned turned = 2; turned <= 8; ++turned) {
            const std::string now =
                cleaned(jpeg(segment(0xE1, "Exif\0\0"s + exif(turned, is_big)) + segment(0xE1, "more")), "image/jpeg");
            EXPECT_EQ(now, jpeg(segment(0xE1, "Exif\0\0"s + attachments::tiff_of(turned))));
            EXPECT_EQ(attachments::orientation_in(attachments::tiff_of(turned)), turned);
            EXPECT_EQ(clean(now, "image/jpeg"), std::nullopt) << "once more changes nothing";
        }
    }
}

TEST_F(Metadata, BetweenTwoScansOfAJpegGoesToo)
{
    const std::string two = "\xFF\xD8"s + frame + scan;
    EXPECT_EQ(cleaned(two + segment(0xE1, place) + scan + "\xFF\xD9"s, "image/jpeg"), two + scan + "\xFF\xD9"s);
}

TEST_F(Metadata, OfAPngGoesAndWhatItIsDrawnWithStays)
{
    const std::string all = chunk("tEXt", place) + chunk("iTXt", place) + chunk("zTXt", place) + chunk("tIME", "now") +
                            chunk("eXIf", exif(1)) + chunk("prVt", place);
    EXPECT_EQ(cleaned(png(all, "behind " + place), "image/png"), png(""));
    EXPECT_EQ(clean(png(""), "image/png"), std::nullopt);
    const std::string turned = cleaned(png(chunk("eXIf", exif(6))), "image/png");
    EXPECT_THAT(turned, AllOf(HasSubstr("eXIf" + attachments::tiff_of(6)), Not(HasSubstr(place))));
}

TEST_F(Metadata, OfAWebpGoesAndItsHeaderSaysSo)
{
    const std::string all = riff_chunk("EXIF", exif(1)) + riff_chunk("XMP ", "<x>" + place) + riff_chunk("note", place);
    EXPECT_EQ(cleaned(webp(0x2C, all, "behind"), "image/webp"), webp(0x20, ""));
    EXPECT_EQ(clean(webp(0x20, ""), "image/webp"), std::nullopt);
    EXPECT_EQ(cleaned(webp(0x2C, riff_chunk("EXIF", "Exif\0\0"s + exif(6))), "image/webp"),
        webp(0x28, riff_chunk("EXIF", attachments::tiff_of(6))));
    EXPECT_TRUE(storage::is_complete(webp(0x20, ""), "image/webp"));
}

TEST_F(Metadata, OfAHeicIsWrittenOverInItsPlace)
{
    const std::string before = heic();
    ASSERT_THAT(before, HasSubstr(place));

    const std::string now = cleaned(before, "image/heic");

    EXPECT_EQ(now.size(), before.size());
    EXPECT_THAT(now, AllOf(HasSubstr("picture bytes"), HasSubstr("hvc1"), Not(HasSubstr("42.6526")),
                         Not(HasSubstr("xmpmeta")), Not(HasSubstr("Maker"))));
    EXPECT_EQ(now.substr(0, now.find("picture bytes")), before.substr(0, before.find("picture bytes")));
    EXPECT_TRUE(storage::is_complete(now, "image/heic"));
    EXPECT_EQ(clean(now, "image/heic"), std::nullopt) << "once more changes nothing";
}

TEST_F(Metadata, OfOtherFilesIsLeftAlone)
{
    EXPECT_EQ(clean("%PDF-1.7 " + place, "application/pdf"), std::nullopt);
    EXPECT_EQ(clean(support::tiny_jpeg(4, 4), "image/jpeg"), std::nullopt);
    EXPECT_EQ(clean(support::tiny_webp(4, 4), "image/webp"), std::nullopt);
}

TEST_F(Metadata, OfALargePhotoIsCutPieceByPiece)
{
    std::string large(std::size_t{9} << 20U, 'x');
    for (std::size_t at = 0; at + 1 < large.size(); at += 977) {
        large[at] = '\xFF';
        large[at + 1] = '\0';
    }
    const auto of = [&](const std::string& more) {
        return "\xFF\xD8"s + more + frame + segment(0xDA, "\1\1\0\0?\0"s) + large + "\xFF\xD9"s;
    };
    EXPECT_EQ(cleaned(of(segment(0xE1, "Exif\0\0"s + exif(1))), "image/jpeg"), of(""));
}

/// The photo with a few bytes changed, cut or doubled.
std::string spoiled(std::string bytes, std::mt19937& random)
{
    const auto below = [&](std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
    };
    for (std::size_t changes = below(6) + 1; changes > 0 && !bytes.empty(); --changes) {
        const std::size_t at = below(bytes.size());
        switch (below(5)) {
        case 0:
            bytes[at] = static_cast<char>(below(256));
            break;
        case 1:
            bytes[at] = std::string("\xFF\0\x7F\x80\1", 5)[below(5)];
            break;
        case 2:
            bytes.resize(at);
            break;
        case 3:
            bytes.insert(at, bytes.substr(below(bytes.size()), below(40)));
            break;
        default:
            bytes.erase(at, below(12));
        }
    }
    return bytes;
}

TEST_F(Metadata, OfBrokenPhotosIsNeverReadBeyondTheirEnd)
{
    constexpr int rounds = 1500;
    const std::string everything = segment(0xE1, "Exif\0\0"s + exif(6)) + segment(0xFE, place);
    const std::vector<std::pair<std::string, std::string_view>> photos = {{jpeg(everything, "behind"), "image/jpeg"},
        {png(chunk("eXIf", exif(6)) + chunk("tEXt", place), "behind"), "image/png"},
        {webp(0x2C, riff_chunk("EXIF", exif(6)) + riff_chunk("XMP ", place), "behind"), "image/webp"},
        {heic(), "image/heic"}};
    std::mt19937 random(20261128);
    for (const auto& [photo, type] : photos) {
        for (int round = 0; round < rounds; ++round) {
            const std::string bytes = spoiled(photo, random);
            const std::string now = cleaned(bytes, type);
            // Room for an orientation that is written anew.
            ASSERT_LE(now.size(), bytes.size() + 64) << type << " " << round;
            ASSERT_EQ(cleaned(now, type).size(), now.size()) << type << " " << round;
        }
        for (std::size_t length = 0; length < photo.size(); ++length)
            cleaned(photo.substr(0, length), type);
    }
    EXPECT_EQ(files(), 1U);
}

} // namespace
