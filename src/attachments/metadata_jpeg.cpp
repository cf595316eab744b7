#include "attachments/metadata_parts.hpp"

#include <algorithm>
#include <optional>

namespace attachments {

namespace {

using std::string_view_literals::operator""sv;

constexpr unsigned end_of_image = 0xD9;
constexpr unsigned start_of_scan = 0xDA;
constexpr unsigned comment = 0xFE;
constexpr unsigned first_app = 0xE0;
constexpr unsigned last_app = 0xEF;
constexpr auto exif_name = "Exif\0\0"sv;

// Restart marks, the start of the image, and one for arithmetic coding.
bool is_alone(unsigned marker)
{
    return (marker >= 0xD0 && marker <= 0xD8) || marker == 0x01;
}

// Size and density; the color profile; how Adobe transformed the colors.
bool is_needed(unsigned marker, std::string_view content)
{
    if (marker == comment)
        return false;
    if (marker < first_app || marker > last_app)
        return true;
    return (marker == 0xE0 && content.starts_with("JFIF\0"sv)) ||
           (marker == 0xE2 && content.starts_with("ICC_PROFILE\0"sv)) ||
           (marker == 0xEE && content.starts_with("Adobe"sv));
}

/// Take the next marker with the fill bytes before it; nothing, and nothing is taken but those, where there is none.
std::optional<unsigned> next_marker(PhotoSource& photo)
{
    while (photo.peek(2) == "\xFF\xFF"sv)
        photo.skip(1);
    const std::string_view pair = photo.peek(2);
    if (pair.size() < 2 || pair[0] != '\xFF' || pair[1] == '\0')
        return std::nullopt;
    return static_cast<unsigned char>(photo.take(2)[1]);
}

std::string marker_bytes(unsigned marker)
{
    return {'\xFF', static_cast<char>(marker)};
}

/// The compressed picture, up to a mark that is none of its own.
void copy_scan(PhotoSource& photo, PhotoSink& out)
{
    for (std::string_view bytes = photo.ahead(); !bytes.empty(); bytes = photo.ahead()) {
        const std::size_t mark = std::min(bytes.find('\xFF'), bytes.size());
        out.copy(photo, mark);
        const std::string_view pair = photo.peek(2);
        if (pair.size() < 2) {
            out.copy_rest(photo);
            return;
        }
        const auto second = static_cast<unsigned char>(pair[1]);
        const bool is_of_scan = pair[0] != '\xFF' || second == 0 || (second >= 0xD0 && second <= 0xD7);
        if (!is_of_scan)
            return;
        out.copy(photo, 2);
    }
}

class JpegCleaner
{
  public:
    JpegCleaner(PhotoSource& photo, PhotoSink& out) : photo_(photo), out_(out) {}

    bool clean()
    {
        while (const auto marker = next_marker(photo_)) {
            if (is_alone(*marker)) {
                out_.write(marker_bytes(*marker));
                continue;
            }
            if (*marker == end_of_image) {
                out_.write(marker_bytes(*marker));
                // Other pictures and films that some phones put there have places of their own.
                return !photo_.ahead().empty() || has_cut_;
            }
            if (!take_segment(*marker))
                break;
        }
        out_.copy_rest(photo_);
        return has_cut_;
    }

  private:
    /// False for a broken one.
    bool take_segment(unsigned marker)
    {
        const std::string_view head = photo_.peek(2);
        const std::uint32_t length = big_number(head);
        if (head.size() < 2 || length < 2) {
            out_.write(marker_bytes(marker));
            return false;
        }
        const std::string_view segment = photo_.take(length);
        const std::string_view content = segment.substr(std::min<std::size_t>(2, segment.size()));
        if (is_needed(marker, content))
            out_.write(marker_bytes(marker) + std::string(segment));
        else
            cut(marker, content);
        if (segment.size() < length)
            return false;
        if (marker == start_of_scan)
            copy_scan(photo_, out_);
        return true;
    }

    void cut(unsigned marker, std::string_view content)
    {
        unsigned orientation = 0;
        if (marker == 0xE1 && content.starts_with(exif_name) && !has_orientation_)
            orientation = orientation_in(content.substr(exif_name.size()));
        if (orientation == 0) {
            has_cut_ = true;
            return;
        }
        has_orientation_ = true;
        const std::string kept = std::string(exif_name) + tiff_of(orientation);
        has_cut_ = has_cut_ || kept != content;
        out_.write(marker_bytes(marker) + big_bytes(static_cast<std::uint32_t>(kept.size() + 2), 2) + kept);
    }

    PhotoSource& photo_;
    PhotoSink& out_;
    bool has_cut_ = false;
    bool has_orientation_ = false;
};

} // namespace

bool clean_jpeg(PhotoSource& photo, PhotoSink& out)
{
    return JpegCleaner(photo, out).clean();
}

} // namespace attachments
