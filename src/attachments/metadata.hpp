#pragma once
// What a photo says beside its picture: where and when it was taken, with which device, by whom. It is cut away before
// the photo is stored. No picture is decoded; nothing is read into memory but small pieces.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace attachments {

/// A file after something was cut away.
struct Cleaned
{
    std::uint64_t size = 0;
    std::string sha256;
};

/// Cut the metadata out of a JPEG, PNG, WebP or HEIC that nobody else uses: Exif, XMP, IPTC, comments, times and
/// whatever follows the picture's end. The orientation and the color profile stay. Of a broken file what comes before
/// the fault is cut, and the rest stays as it is. Nothing for a file that has nothing to cut, and for other types: it
/// is unchanged then. Throws like base::open_file, and base::Unavailable when the disk is full.
std::optional<Cleaned> remove_metadata(const std::filesystem::path& photo, std::string_view content_type);

} // namespace attachments
