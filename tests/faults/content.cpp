#include "faults/content.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace faults {

namespace {

using namespace std::string_view_literals;

/// A file is whole only with its end; what lies between is never looked at.
struct Kind
{
    std::string_view beginning;
    std::string_view end;
    std::string_view extension;
};

constexpr std::array<Kind, 3> kinds{{
    {"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x02\0\0\0\x90\x91\x68\x36"sv,
        "\0\0\0\0IEND\xae\x42\x60\x82"sv, ".png"sv},
    {"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xda\0\x02"sv, "\xff\xd9"sv, ".jpg"sv},
    {"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"sv, "%%EOF\n"sv, ".pdf"sv},
}};

constexpr std::array words{"meter"sv, "Küche"sv, "<b>hiss</b>"sv, "O'Brien & Söhne"sv, "газ"sv, "漏れ"sv, "50 %"sv,
    "\"valve\""sv, "{{ pipe }}"sv, "-- ; DROP"sv, "🔥"sv, "line\nbreak"sv};

std::string png_chunk_head(std::size_t length)
{
    std::string head;
    for (const unsigned shift : {24U, 16U, 8U, 0U})
        head.push_back(static_cast<char>(length >> shift & 0xFFU));
    return head + "IDAT";
}

} // namespace

std::string random_text(std::string_view token, std::mt19937_64& random)
{
    std::string text(token);
    const std::size_t count = random() % 10 == 0 ? 300 : 3 + random() % 20;
    for (std::size_t i = 0; i < count; ++i)
        (text += ' ') += words[random() % words.size()];
    return text += " end";
}

FormFile random_file(std::string_view name, std::size_t bytes, std::mt19937_64& random)
{
    const Kind& kind = kinds[random() % kinds.size()];
    FormFile file{.name = std::string(name) + std::string(kind.extension), .bytes = std::string(kind.beginning)};
    file.bytes.reserve(bytes + 64);
    const std::size_t head = file.bytes.size();
    while (file.bytes.size() < bytes) {
        const std::uint64_t eight = random();
        file.bytes.append(reinterpret_cast<const char*>(&eight), sizeof eight);
    }
    // In a picture such a byte begins a marker, and whatever follows the marker of its end is cut off.
    if (kind.extension == ".jpg")
        std::replace(file.bytes.begin() + static_cast<std::ptrdiff_t>(head), file.bytes.end(), '\xff', '\xfe');
    if (kind.extension == ".png")
        file.bytes.insert(head, png_chunk_head(file.bytes.size() - head)).append("sum ");
    file.bytes.append(kind.end);
    return file;
}

std::string described_token(std::string_view html)
{
    for (std::size_t at = html.find(">w"); at != std::string_view::npos; at = html.find(">w", at + 1)) {
        const std::string_view word = html.substr(at + 1, html.find(' ', at) - at - 1);
        if (word.ends_with('x') && word.find('n') != std::string_view::npos && word.size() < 24)
            return std::string(word);
    }
    return {};
}

} // namespace faults
