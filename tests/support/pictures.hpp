#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace support {

inline std::string big_endian_pair(std::uint32_t number)
{
    return {static_cast<char>(number >> 8U & 0xFFU), static_cast<char>(number & 0xFFU)};
}

inline std::string little_endian_bytes(std::uint32_t number, std::size_t count)
{
    std::string bytes;
    for (std::size_t i = 0; i < count; ++i)
        bytes.push_back(static_cast<char>(number >> (8U * i) & 0xFFU));
    return bytes;
}

/// Not a picture that anybody could see: a header that says so, a scan and an end.
inline std::string tiny_jpeg(std::uint32_t width, std::uint32_t height)
{
    using namespace std::string_literals;
    return "\xFF\xD8\xFF\xC0\0\x0B\x08"s + big_endian_pair(height) + big_endian_pair(width) + "\1\1\x11\0"s +
           "\xFF\xDA\0\x08\1\1\0\0?\0"s + "scan" + "\xFF\xD9"s;
}

inline std::string tiny_webp(std::uint32_t width, std::uint32_t height)
{
    using namespace std::string_literals;
    const std::string body =
        "WEBPVP8X\x0A\0\0\0\0\0\0\0"s + little_endian_bytes(width - 1, 3) + little_endian_bytes(height - 1, 3);
    return "RIFF" + little_endian_bytes(static_cast<std::uint32_t>(body.size()), 4) + body;
}

} // namespace support
