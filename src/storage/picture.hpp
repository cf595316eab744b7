#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

namespace storage {

/// The largest preview that a browser may send with a photo, and its longest side in pixels.
inline constexpr std::size_t most_preview_bytes = std::size_t{30} * 1024;
inline constexpr std::uint32_t longest_preview_side = 640;

/// True unless the file ends before its own format says: a JPEG without its end marker, a PNG without IEND or with a
/// side of zero, a WebP or HEIC shorter than its boxes, a PDF without %%EOF near its end. What follows the end of a
/// picture does not matter, and other types are always complete.
bool is_complete(std::string_view bytes, std::string_view content_type);
bool is_complete_file(const std::filesystem::path& file, std::string_view content_type);

/// The most pixels of a picture that pages draw: a little more than the 8160 x 6144 of phones. Each takes 4 bytes of
/// memory in every browser that opens it.
inline constexpr std::uint64_t most_drawn_pixels = std::uint64_t{50} << 20U;
/// False for a JPEG, PNG or WebP whose header is broken (of a PNG by its checksum) or says more than most_drawn_pixels.
/// Other types are no pictures to browsers.
bool may_be_drawn(std::string_view bytes, std::string_view content_type);
bool may_be_drawn_file(const std::filesystem::path& file, std::string_view content_type);

/// What a picture's header says.
struct PictureHeader
{
    /// "image/jpeg", "image/png" or "image/webp".
    std::string_view content_type;
    std::uint32_t width = 0;
    std::uint32_t height = 0;
};
/// Read the header of a JPEG, PNG or WebP; nothing for a broken one, or for anything else.
std::optional<PictureHeader> read_picture_header(std::string_view bytes);
/// The header of a file that may be shown as a preview: a complete JPEG or WebP of at most most_preview_bytes, no side
/// longer than longest_preview_side. Nothing for any other file.
std::optional<PictureHeader> read_preview_header(const std::filesystem::path& file);

} // namespace storage
