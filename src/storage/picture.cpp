#include "storage/picture.hpp"

#include "base/file.hpp"
#include "storage/file_type.hpp"

#include <algorithm>
#include <fcntl.h>
#include <string>

namespace storage {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view end_of_jpeg = "\xFF\xD9"sv;

std::uint32_t byte_at(std::string_view bytes, std::size_t at)
{
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}

std::uint64_t big_endian(std::string_view bytes, std::size_t at, std::size_t count)
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
        value = value << 8U | byte_at(bytes, at + i);
    return value;
}

std::uint32_t little_endian(std::string_view bytes, std::size_t at, std::size_t count)
{
    std::uint32_t value = 0;
    for (std::size_t i = count; i > 0; --i)
        value = value << 8U | byte_at(bytes, at + i - 1);
    return value;
}

bool has_no_length(std::uint32_t marker)
{
    return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
}

bool is_start_of_frame(std::uint32_t marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/// Where the first segment begins for which `is_wanted(marker)` holds: at its 0xFF. Nothing when the file ends first.
template <typename Wanted>
std::optional<std::size_t> find_segment(std::string_view bytes, Wanted is_wanted)
{
    std::size_t at = 2;
    while (at + 4 <= bytes.size() && byte_at(bytes, at) == 0xFF) {
        const std::uint32_t marker = byte_at(bytes, at + 1);
        if (is_wanted(marker))
            return at;
        if (marker == 0xFF)
            at += 1;
        else
            at += 2 + (has_no_length(marker) ? 0 : big_endian(bytes, at + 2, 2));
    }
    return std::nullopt;
}

// From the first scan on, because the thumbnail in front of it has an end marker too. In the scan's data the marker
// cannot occur. Phones add a video or a second picture after it.
bool is_complete_jpeg(std::string_view bytes)
{
    const auto scan = find_segment(bytes, [](std::uint32_t marker) { return marker == 0xDA; });
    return scan && bytes.find(end_of_jpeg, *scan) != std::string_view::npos;
}

bool is_complete_png(std::string_view bytes)
{
    constexpr std::size_t around_data = 12;
    // Sides of zero are no picture; IHDR is always the first.
    if (big_endian(bytes, 16, 4) == 0 || big_endian(bytes, 20, 4) == 0)
        return false;
    for (std::size_t at = 8; at + around_data <= bytes.size();) {
        const std::uint64_t length = big_endian(bytes, at, 4);
        if (length > bytes.size() - at - around_data)
            return false;
        if (bytes.substr(at + 4, 4) == "IEND"sv)
            return true;
        at += around_data + length;
    }
    return false;
}

bool is_complete_webp(std::string_view bytes)
{
    return std::uint64_t{little_endian(bytes, 4, 4)} + 8 <= bytes.size();
}

bool is_complete_heic(std::string_view bytes)
{
    for (std::size_t at = 0; at + 8 <= bytes.size();) {
        std::uint64_t length = big_endian(bytes, at, 4);
        if (length == 1)
            length = big_endian(bytes, at + 8, 8);
        // Zero reaches to the end; less than its own head is nothing that we can judge.
        if (length < 8)
            return true;
        if (length > bytes.size() - at)
            return false;
        at += length;
    }
    return true;
}

// The mark is in the last kilobyte, and some mail programs add lines after it.
bool is_complete_pdf(std::string_view bytes)
{
    constexpr std::size_t tail = 4096;
    return bytes.substr(bytes.size() - std::min(bytes.size(), tail)).find("%%EOF"sv) != std::string_view::npos;
}

std::optional<PictureHeader> jpeg_header(std::string_view bytes)
{
    const auto frame = find_segment(bytes, is_start_of_frame);
    if (!frame || *frame + 9 > bytes.size())
        return std::nullopt;
    return PictureHeader{"image/jpeg", static_cast<std::uint32_t>(big_endian(bytes, *frame + 7, 2)),
        static_cast<std::uint32_t>(big_endian(bytes, *frame + 5, 2))};
}

std::optional<PictureHeader> webp_header(std::string_view bytes)
{
    const std::string_view kind = bytes.substr(0, 30).size() == 30 ? bytes.substr(12, 4) : ""sv;
    if (kind == "VP8X"sv)
        return PictureHeader{"image/webp", little_endian(bytes, 24, 3) + 1, little_endian(bytes, 27, 3) + 1};
    if (kind == "VP8 "sv)
        return PictureHeader{
            "image/webp", little_endian(bytes, 26, 2) & 0x3FFFU, little_endian(bytes, 28, 2) & 0x3FFFU};
    if (kind == "VP8L"sv) {
        const std::uint32_t sides = little_endian(bytes, 21, 4);
        return PictureHeader{"image/webp", (sides & 0x3FFFU) + 1, (sides >> 14U & 0x3FFFU) + 1};
    }
    return std::nullopt;
}

/// The checksum of a PNG's chunk (ISO 3309).
std::uint32_t checksum(std::string_view bytes)
{
    std::uint32_t sum = 0xFFFFFFFFU;
    for (const char byte : bytes) {
        sum ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit)
            sum = sum >> 1U ^ ((sum & 1U) != 0 ? 0xEDB88320U : 0U);
    }
    return ~sum;
}

// Signature, then the chunk IHDR: its length, its name and 13 bytes, their checksum.
std::optional<PictureHeader> png_header(std::string_view bytes)
{
    constexpr std::size_t end_of_header = 33;
    if (bytes.size() < end_of_header || big_endian(bytes, 8, 4) != 13 || bytes.substr(12, 4) != "IHDR"sv ||
        checksum(bytes.substr(12, 17)) != big_endian(bytes, 29, 4))
        return std::nullopt;
    return PictureHeader{"image/png", static_cast<std::uint32_t>(big_endian(bytes, 16, 4)),
        static_cast<std::uint32_t>(big_endian(bytes, 20, 4))};
}

bool is_side(std::uint32_t side)
{
    return side > 0 && side <= longest_preview_side;
}

} // namespace

bool is_complete(std::string_view bytes, std::string_view content_type)
{
    if (content_type == "image/jpeg")
        return is_complete_jpeg(bytes);
    if (content_type == "image/png")
        return is_complete_png(bytes);
    if (content_type == "image/webp")
        return is_complete_webp(bytes);
    if (content_type == "application/pdf")
        return is_complete_pdf(bytes);
    return content_type != "image/heic" || is_complete_heic(bytes);
}

bool is_complete_file(const std::filesystem::path& file, std::string_view content_type)
{
    return is_complete(base::read_file(file), content_type);
}

bool may_be_drawn(std::string_view bytes, std::string_view content_type)
{
    if (content_type != "image/jpeg" && content_type != "image/png" && content_type != "image/webp")
        return true;
    const auto header = read_picture_header(bytes);
    const std::uint64_t pixels = header ? std::uint64_t{header->width} * header->height : 0;
    return pixels > 0 && pixels <= most_drawn_pixels;
}

bool may_be_drawn_file(const std::filesystem::path& file, std::string_view content_type)
{
    return may_be_drawn(base::read_file(file), content_type);
}

std::optional<PictureHeader> read_picture_header(std::string_view bytes)
{
    const auto type = type_by_signature(bytes);
    if (type == "image/jpeg")
        return jpeg_header(bytes);
    if (type == "image/png")
        return png_header(bytes);
    return type == "image/webp" ? webp_header(bytes) : std::nullopt;
}

std::optional<PictureHeader> read_preview_header(const std::filesystem::path& file)
{
    const std::string bytes = base::read_some(base::open_file(file, O_RDONLY | O_NOFOLLOW), most_preview_bytes + 1);
    const auto header = read_picture_header(bytes);
    if (!header || header->content_type == "image/png"sv || bytes.size() > most_preview_bytes ||
        !is_complete(bytes, header->content_type))
        return std::nullopt;
    return is_side(header->width) && is_side(header->height) ? header : std::nullopt;
}

} // namespace storage
