// PNG and WebP: chunks with a name and a length.

#include "attachments/metadata_parts.hpp"

#include <algorithm>
#include <array>

namespace attachments {

namespace {

using std::string_view_literals::operator""sv;

// As much of an Exif chunk is read for its orientation.
constexpr std::size_t most_exif_bytes = std::size_t{64} << 10U;

template <std::size_t N>
bool is_in(const std::array<std::string_view, N>& names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

// What a picture is drawn with. Chunks that must be understood begin with a capital letter.
bool is_needed_in_png(std::string_view name)
{
    constexpr std::array<std::string_view, 16> drawn{"tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "mDCV", "cLLI",
        "sBIT", "bKGD", "hIST", "pHYs", "sPLT", "acTL", "fcTL", "fdAT"};
    return (name.front() >= 'A' && name.front() <= 'Z') || is_in(drawn, name);
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

/// What stays of an Exif chunk: nothing but the orientation.
struct KeptExif
{
    /// Empty when nothing stays.
    std::string tiff;
    bool is_as_before = false;
};

/// Take a chunk's content of `length` bytes.
KeptExif take_exif_content(PhotoSource& photo, std::uint64_t length)
{
    const std::string_view exif =
        photo.take(static_cast<std::size_t>(std::min<std::uint64_t>(length, most_exif_bytes)));
    // Some programs write the name that a JPEG needs.
    const unsigned orientation = orientation_in(exif.starts_with("Exif\0\0"sv) ? exif.substr(6) : exif);
    KeptExif kept;
    if (orientation != 0)
        kept.tiff = tiff_of(orientation);
    kept.is_as_before = length == kept.tiff.size() && exif == kept.tiff;
    photo.skip(length - exif.size());
    return kept;
}

/// True when it said more than the orientation.
bool clean_png_exif(PhotoSource& photo, PhotoSink& out, std::uint32_t length)
{
    photo.skip(8);
    const KeptExif kept = take_exif_content(photo, length);
    photo.skip(4);
    if (!kept.tiff.empty()) {
        const std::string chunk = "eXIf" + kept.tiff;
        out.write(big_bytes(static_cast<std::uint32_t>(kept.tiff.size()), 4) + chunk + big_bytes(checksum(chunk), 4));
    }
    return !kept.is_as_before;
}

struct WebpWriter
{
    PhotoSource& photo;
    PhotoSink& out;
    std::uint64_t flags_at = 0;
    unsigned flags = 0;
    bool has_orientation = false;
    bool has_cut = false;

    void take_header(std::uint64_t padded)
    {
        const std::string_view head = photo.peek(9);
        if (head.size() == 9) {
            flags_at = out.size() + 8;
            flags = static_cast<unsigned char>(head[8]);
        }
        out.copy(photo, 8 + padded);
    }
    void take_exif(std::uint32_t length)
    {
        photo.skip(8);
        const KeptExif kept = take_exif_content(photo, length);
        photo.skip(length % 2);
        has_cut = has_cut || has_orientation || !kept.is_as_before;
        if (kept.tiff.empty() || has_orientation)
            return;
        has_orientation = true;
        out.write("EXIF" + little_bytes(static_cast<std::uint32_t>(kept.tiff.size()), 4) + kept.tiff);
    }
    void take_chunk(std::string_view name, std::uint32_t length)
    {
        constexpr std::array<std::string_view, 6> drawn{"VP8 ", "VP8L", "ALPH", "ANIM", "ANMF", "ICCP"};
        const std::uint64_t padded = std::uint64_t{length} + length % 2;
        if (name == "VP8X"sv) {
            take_header(padded);
        } else if (name == "EXIF"sv) {
            take_exif(length);
        } else if (is_in(drawn, name)) {
            out.copy(photo, 8 + padded);
        } else {
            photo.skip(8 + padded);
            has_cut = true;
        }
    }
    /// What the header says of the whole file.
    void finish()
    {
        constexpr unsigned exif_flag = 0x08;
        constexpr unsigned xmp_flag = 0x04;
        out.patch(4, little_bytes(static_cast<std::uint32_t>(out.size() - 8), 4));
        if (flags_at == 0)
            return;
        const unsigned now = (flags & ~(exif_flag | xmp_flag)) | (has_orientation ? exif_flag : 0U);
        out.patch(flags_at, std::string(1, static_cast<char>(now)));
    }
};

} // namespace

bool clean_png(PhotoSource& photo, PhotoSink& out)
{
    bool has_cut = false;
    out.copy(photo, 8);
    for (std::string_view head = photo.peek(8); head.size() == 8; head = photo.peek(8)) {
        const std::uint32_t length = big_number(head.substr(0, 4));
        const std::string name(head.substr(4));
        const std::uint64_t whole = std::uint64_t{length} + 12;
        if (name == "eXIf"sv) {
            has_cut = clean_png_exif(photo, out, length) || has_cut;
        } else if (is_needed_in_png(name)) {
            out.copy(photo, whole);
        } else {
            photo.skip(whole);
            has_cut = true;
        }
        if (name == "IEND"sv)
            return has_cut || !photo.ahead().empty();
    }
    out.copy_rest(photo);
    return has_cut;
}

bool clean_webp(PhotoSource& photo, PhotoSink& out)
{
    const std::string_view riff = photo.peek(12);
    if (riff.size() < 12)
        return false;
    const std::uint64_t end = std::uint64_t{little_number(riff.substr(4, 4))} + 8;
    WebpWriter writer{photo, out};
    out.copy(photo, 12);
    while (photo.position() < end) {
        const std::string_view head = photo.peek(8);
        if (head.size() < 8)
            break;
        const std::string name(head.substr(0, 4));
        writer.take_chunk(name, little_number(head.substr(4)));
    }
    // A length that leaves no room for a picture is broken: nothing is known of what follows.
    const bool has_cut = photo.position() > 12 && (writer.has_cut || !photo.ahead().empty());
    if (has_cut)
        writer.finish();
    return has_cut;
}

} // namespace attachments
