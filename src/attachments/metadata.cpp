#include "attachments/metadata.hpp"

#include "attachments/metadata_parts.hpp"
#include "base/crypto.hpp"

#include <fcntl.h>

namespace attachments {

namespace {

Cleaned look_at(const std::filesystem::path& photo)
{
    constexpr std::size_t piece = std::size_t{64} << 10U;
    const base::Descriptor file = base::open_file(photo, O_RDONLY | O_NOFOLLOW);
    base::Sha256Stream digest;
    Cleaned cleaned;
    for (std::string bytes = base::read_some(file, piece); !bytes.empty(); bytes = base::read_some(file, piece)) {
        digest.update(bytes);
        cleaned.size += bytes.size();
    }
    cleaned.sha256 = base::hex(digest.finish());
    return cleaned;
}

using Clean = bool (*)(PhotoSource&, PhotoSink&);

Clean cleaner_of(std::string_view content_type)
{
    if (content_type == "image/jpeg")
        return clean_jpeg;
    if (content_type == "image/png")
        return clean_png;
    return content_type == "image/webp" ? clean_webp : nullptr;
}

bool rewrite(const std::filesystem::path& photo, Clean clean)
{
    PhotoSource source(photo);
    PhotoSink out(photo.parent_path() / base::random_token());
    if (!clean(source, out))
        return false;
    out.replace(photo);
    return true;
}

} // namespace

std::optional<Cleaned> remove_metadata(const std::filesystem::path& photo, std::string_view content_type)
{
    const Clean clean = cleaner_of(content_type);
    const bool is_changed = clean ? rewrite(photo, clean) : content_type == "image/heic" && wipe_heic(photo);
    return is_changed ? std::optional(look_at(photo)) : std::nullopt;
}

} // namespace attachments
