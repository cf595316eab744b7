#include "attachments/metadata_parts.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace attachments {

namespace {

constexpr std::size_t piece = std::size_t{64} << 10U;
constexpr std::uint32_t orientation_tag = 0x0112;
constexpr std::uint32_t type_short = 3;
constexpr std::size_t entry_bytes = 12;

/// A TIFF structure in either order of bytes; everything outside of it reads as nothing.
class Tiff
{
  public:
    explicit Tiff(std::string_view bytes) : bytes_(bytes), is_big_(bytes.starts_with("MM")) {}

    bool is_one() const { return (is_big_ || bytes_.starts_with("II")) && number(2, 2) == 42; }
    std::uint32_t number(std::uint64_t at, std::size_t count) const
    {
        if (at > bytes_.size() || count > bytes_.size() - at)
            return 0;
        const std::string_view bytes = bytes_.substr(static_cast<std::size_t>(at), count);
        return is_big_ ? big_number(bytes) : little_number(bytes);
    }

  private:
    std::string_view bytes_;
    bool is_big_;
};

} // namespace

PhotoSource::PhotoSource(const std::filesystem::path& path) : file_(base::open_file(path, O_RDONLY | O_NOFOLLOW)) {}

void PhotoSource::fill(std::size_t count)
{
    if (buffer_.size() - at_ >= count || has_ended_)
        return;
    buffer_.erase(0, at_);
    at_ = 0;
    const std::string more = base::read_some(file_, piece);
    has_ended_ = more.size() < piece;
    buffer_ += more;
}

std::string_view PhotoSource::peek(std::size_t count)
{
    count = std::min(count, piece);
    fill(count);
    return std::string_view(buffer_).substr(at_, count);
}

std::string_view PhotoSource::take(std::size_t count)
{
    const std::string_view bytes = peek(count);
    at_ += bytes.size();
    taken_ += bytes.size();
    return bytes;
}

std::string_view PhotoSource::ahead()
{
    fill(1);
    return std::string_view(buffer_).substr(at_);
}

void PhotoSource::skip(std::uint64_t count)
{
    while (count > 0) {
        const std::string_view bytes = take(static_cast<std::size_t>(std::min<std::uint64_t>(count, piece)));
        if (bytes.empty())
            return;
        count -= bytes.size();
    }
}

PhotoSink::PhotoSink(std::filesystem::path path) : path_(std::move(path)), file_(base::create_file(path_)) {}

PhotoSink::~PhotoSink()
{
    std::error_code ignored;
    if (!path_.empty())
        std::filesystem::remove(path_, ignored);
}

void PhotoSink::write(std::string_view bytes)
{
    pending_ += bytes;
    if (pending_.size() >= piece)
        flush();
}

bool PhotoSink::copy(PhotoSource& source, std::uint64_t count)
{
    while (count > 0) {
        const std::string_view bytes = source.take(static_cast<std::size_t>(std::min<std::uint64_t>(count, piece)));
        if (bytes.empty())
            return false;
        write(bytes);
        count -= bytes.size();
    }
    return true;
}

void PhotoSink::copy_rest(PhotoSource& source)
{
    for (std::string_view bytes = source.take(piece); !bytes.empty(); bytes = source.take(piece))
        write(bytes);
}

void PhotoSink::flush()
{
    base::write_all(file_, pending_);
    size_ += pending_.size();
    pending_.clear();
}

void PhotoSink::patch(std::uint64_t at, std::string_view bytes)
{
    flush();
    if (::lseek(file_.get(), static_cast<off_t>(at), SEEK_SET) < 0)
        throw std::system_error(errno, std::generic_category(), path_.string());
    base::write_all(file_, bytes);
    if (::lseek(file_.get(), 0, SEEK_END) < 0)
        throw std::system_error(errno, std::generic_category(), path_.string());
}

void PhotoSink::replace(const std::filesystem::path& photo)
{
    flush();
    std::filesystem::rename(path_, photo);
    path_.clear();
}

std::uint32_t big_number(std::string_view bytes)
{
    std::uint32_t number = 0;
    for (const char byte : bytes)
        number = number << 8U | static_cast<unsigned char>(byte);
    return number;
}

std::uint32_t little_number(std::string_view bytes)
{
    std::uint32_t number = 0;
    for (std::size_t i = bytes.size(); i > 0; --i)
        number = number << 8U | static_cast<unsigned char>(bytes[i - 1]);
    return number;
}

std::string big_bytes(std::uint32_t number, std::size_t count)
{
    std::string bytes = little_bytes(number, count);
    std::ranges::reverse(bytes);
    return bytes;
}

std::string little_bytes(std::uint32_t number, std::size_t count)
{
    std::string bytes;
    for (std::size_t i = 0; i < count; ++i)
        bytes += static_cast<char>(number >> (8U * i) & 0xFFU);
    return bytes;
}

unsigned orientation_in(std::string_view bytes)
{
    const Tiff tiff(bytes);
    if (!tiff.is_one())
        return 0;
    const std::uint64_t directory = tiff.number(4, 4);
    const std::uint32_t entries = tiff.number(directory, 2);
    for (std::uint32_t i = 0; i < entries; ++i) {
        const std::uint64_t entry = directory + 2 + std::uint64_t{i} * entry_bytes;
        if (entry >= bytes.size())
            return 0;
        if (tiff.number(entry, 2) != orientation_tag || tiff.number(entry + 2, 2) != type_short)
            continue;
        const std::uint32_t orientation = tiff.number(entry + 8, 2);
        return orientation >= 2 && orientation <= 8 ? orientation : 0;
    }
    return 0;
}

std::string tiff_of(unsigned orientation)
{
    // Big endian, the directory at byte 8 with one entry: its tag, a short, one of it, the value and padding.
    return "MM" + big_bytes(42, 2) + big_bytes(8, 4) + big_bytes(1, 2) + big_bytes(orientation_tag, 2) +
           big_bytes(type_short, 2) + big_bytes(1, 4) + big_bytes(orientation, 2) + big_bytes(0, 2) + big_bytes(0, 4);
}

} // namespace attachments
