#include "commands/demo/enclosure.hpp"

#include "base/crypto.hpp"
#include "base/file.hpp"
#include "commands/demo/random.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace commands::demo {

namespace {

constexpr int width = 320;
constexpr int height = 240;

std::string big_endian(std::uint32_t number)
{
    std::string bytes;
    for (unsigned shift = 32; shift > 0; shift -= 8)
        bytes += static_cast<char>(number >> (shift - 8) & 0xFFU);
    return bytes;
}

/// CRC-32 as PNG wants it (ISO 3309).
std::uint32_t checksum(std::string_view bytes)
{
    std::uint32_t sum = ~0U;
    for (const char c : bytes) {
        sum ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            sum = sum >> 1U ^ ((sum & 1U) != 0 ? 0xEDB88320U : 0U);
    }
    return ~sum;
}

std::uint32_t adler32(std::string_view bytes)
{
    std::uint32_t low = 1;
    std::uint32_t high = 0;
    for (const char c : bytes) {
        low = (low + static_cast<unsigned char>(c)) % 65521;
        high = (high + low) % 65521;
    }
    return high << 16U | low;
}

std::string chunk(std::string_view kind, std::string_view data)
{
    const std::string body = std::string(kind) + std::string(data);
    return big_endian(static_cast<std::uint32_t>(data.size())) + body + big_endian(checksum(body));
}

/// One stored block of deflate (RFC 1951 section 3.2.4) in a zlib envelope: at most 65,535 bytes, not made smaller.
std::string enveloped(std::string_view bytes)
{
    const auto size = static_cast<std::uint16_t>(bytes.size());
    std::string envelope("\x78\x01\x01", 3);
    for (const unsigned number : {unsigned{size}, ~unsigned{size}}) {
        envelope += static_cast<char>(number & 0xFFU);
        envelope += static_cast<char>(number >> 8U & 0xFFU);
    }
    return envelope + std::string(bytes) + big_endian(adler32(bytes));
}

struct Dial
{
    int x = 0;
    int y = 0;
    int radius = 0;
};

enum Colour : unsigned
{
    Brick,
    DarkBrick,
    Mortar,
    Face,
    Ink
};
constexpr std::string_view palette = "\x9C\x5E\x4A\x8A\x50\x42\xC4\xBE\xB4\xEC\xEE\xE8\x34\x3C\x48";

/// Bricks, and before them a round dial with a hand.
Colour colour_at(int x, int y, const Dial& dial)
{
    const int dx = x - dial.x;
    const int dy = y - dial.y;
    const int distance = dx * dx + dy * dy;
    if (distance < dial.radius * dial.radius) {
        const bool is_hand = dx > 0 && dy < 0 && dx + dy < 6 && dx + dy > -6;
        const bool is_rim = distance > (dial.radius - 8) * (dial.radius - 8);
        return is_hand || is_rim ? Ink : Face;
    }
    const int row = y / 24;
    const int along = x + row % 2 * 24;
    if (y % 24 < 2 || along % 48 < 2)
        return Mortar;
    return (row * 5 + along / 48 * 3) % 4 == 0 ? DarkBrick : Brick;
}

} // namespace

std::string draw_photo(std::uint64_t seed)
{
    Random random(seed);
    const Dial dial{.x = static_cast<int>(random.between(110, 210)),
        .y = static_cast<int>(random.between(95, 145)),
        .radius = static_cast<int>(random.between(50, 80))};
    std::string rows;
    for (int y = 0; y < height; ++y) {
        rows += '\0';
        for (int x = 0; x < width; x += 2)
            rows += static_cast<char>(colour_at(x, y, dial) << 4U | colour_at(x + 1, y, dial));
    }
    // 4 bits a pixel, by palette.
    const std::string header = big_endian(width) + big_endian(height) + std::string("\x04\x03\x00\x00\x00", 5);
    return std::string("\x89PNG\r\n\x1a\n") + chunk("IHDR", header) + chunk("PLTE", palette) +
           chunk("IDAT", enveloped(rows)) + chunk("IEND", "");
}

std::string write_document(std::string_view text)
{
    const std::string content = fmt::format("BT /F1 18 Tf 72 720 Td ({}) Tj ET", text);
    const std::array<std::string, 5> objects = {"<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> "
        ">>",
        fmt::format("<< /Length {} >>\nstream\n{}\nendstream", content.size(), content),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
    std::string file = "%PDF-1.4\n";
    std::string table = fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects.size() + 1);
    for (std::size_t i = 0; i < objects.size(); ++i) {
        table += fmt::format("{:010} 00000 n \n", file.size());
        file += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
    }
    return file + table +
           fmt::format("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", objects.size() + 1, file.size());
}

attachments::StoredFile make_enclosure(storage::Store& store, Enclosure kind, std::uint64_t seed)
{
    const bool is_photo = kind == Enclosure::Photo;
    const std::string bytes =
        is_photo ? draw_photo(seed) : write_document("Gas Utility: a page enclosed by a customer");
    const auto upload = store.temporary_directory() / base::random_token();
    {
        const base::Descriptor file = base::create_file(upload);
        base::write_all(file, bytes);
        base::sync_file(file);
    }
    const std::string sha256 = base::hex(base::sha256(bytes));
    return {.stored_name = store.keep(upload, sha256),
        .name = is_photo ? "meter.png" : "drawing.pdf",
        .content_type = is_photo ? "image/png" : "application/pdf",
        .size = bytes.size(),
        .sha256 = sha256};
}

} // namespace commands::demo
