// HEIC (ISO/IEC 14496-12 and 23008-12): boxes in boxes. The box "meta" names items and where their bytes are. Those of
// metadata are written over in place, because everything else is found by its place in the file.

#include "attachments/metadata_parts.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <functional>
#include <set>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace attachments {

namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t most_meta_bytes = std::size_t{1} << 20U;
constexpr int deepest = 4;
/// Of boxes in a box, and of extents; a photo has some hundreds.
constexpr std::size_t most_parts = 16'384;

/// Numbers of a box one after the other; zero beyond its end.
class Numbers
{
  public:
    explicit Numbers(std::string_view bytes) : bytes_(bytes) {}

    bool has(std::size_t count) const { return bytes_.size() >= count; }
    std::uint64_t next(std::size_t count)
    {
        std::uint64_t number = 0;
        for (const char byte : bytes_.substr(0, count))
            number = number << 8U | static_cast<unsigned char>(byte);
        bytes_.remove_prefix(std::min(count, bytes_.size()));
        return number;
    }
    std::string_view rest() const { return bytes_; }

  private:
    std::string_view bytes_;
};

struct Box
{
    std::string type;
    /// Of the content, from the beginning of what was walked.
    std::uint64_t at = 0;
    std::uint64_t size = 0;
    std::uint64_t type_at = 0;
};

/// Tell each box between `at` and `end`, up to a broken one or until `tell` returns false.
void walk(std::uint64_t at, std::uint64_t end, const std::function<std::string(std::uint64_t, std::size_t)>& read,
    const std::function<bool(const Box&)>& tell)
{
    while (at < end && end - at >= 8) {
        const std::string head = read(at, 16);
        std::uint64_t head_size = 8;
        std::uint64_t length = big_number(std::string_view(head).substr(0, 4));
        if (length == 1 && head.size() == 16) {
            head_size = 16;
            length = Numbers(std::string_view(head).substr(8)).next(8);
        } else if (length == 0) {
            length = end - at;
        }
        if (head.size() < 8 || length < head_size || length > end - at)
            return;
        const bool goes_on =
            tell({.type = head.substr(4, 4), .at = at + head_size, .size = length - head_size, .type_at = at + 4});
        if (!goes_on)
            return;
        at += length;
    }
}

/// Where an item's bytes are.
struct Extent
{
    std::uint64_t item = 0;
    bool is_in_idat = false;
    std::uint64_t at = 0;
    std::uint64_t size = 0;
};

/// What the box "meta" says.
struct Meta
{
    std::set<std::uint64_t> exif;
    std::set<std::uint64_t> others;
    std::vector<Extent> extents;
    std::uint64_t idat_at = 0;
};

void read_item_info(Meta& meta, std::string_view content)
{
    Numbers info(content);
    const std::uint64_t version = info.next(1);
    info.next(3);
    const std::uint64_t id_size = version == 2 ? 2 : 4;
    if (version < 2)
        return;
    const std::uint64_t id = info.next(id_size);
    info.next(2);
    const std::string_view type = info.rest().substr(0, 4);
    if (type == "Exif"sv)
        meta.exif.insert(id);
    else if (type == "mime"sv || type == "uri "sv)
        meta.others.insert(id);
}

void read_item_infos(Meta& meta, std::string_view content)
{
    const auto read = [content](std::uint64_t at, std::size_t count) {
        return std::string(content.substr(static_cast<std::size_t>(at), count));
    };
    const std::size_t begin = !content.empty() && content.front() == '\0' ? 6 : 8;
    walk(begin, content.size(), read, [&](const Box& box) {
        if (box.type == "infe")
            read_item_info(meta, content.substr(static_cast<std::size_t>(box.at), static_cast<std::size_t>(box.size)));
        return true;
    });
}

void read_item_locations(Meta& meta, std::string_view content)
{
    Numbers numbers(content);
    const std::uint64_t version = numbers.next(1);
    numbers.next(3);
    const std::uint64_t sizes = numbers.next(2);
    const std::size_t offset_size = sizes >> 12U & 0xFU;
    const std::size_t length_size = sizes >> 8U & 0xFU;
    const std::size_t base_size = sizes >> 4U & 0xFU;
    const std::size_t index_size = version > 0 ? sizes & 0xFU : 0;
    const std::size_t extent_size = offset_size + length_size + index_size;
    if (version > 2 || extent_size == 0)
        return;
    const std::size_t id_size = version < 2 ? 2 : 4;
    const std::uint64_t items = numbers.next(id_size);
    for (std::uint64_t i = 0; i < items && numbers.has(id_size); ++i) {
        const std::uint64_t item = numbers.next(id_size);
        const std::uint64_t method = version > 0 ? numbers.next(2) & 0xFU : 0;
        numbers.next(2);
        const std::uint64_t base = numbers.next(base_size);
        const std::uint64_t extents = numbers.next(2);
        for (std::uint64_t k = 0; k < extents && numbers.has(extent_size); ++k) {
            numbers.next(index_size);
            const std::uint64_t offset = numbers.next(offset_size);
            const std::uint64_t length = numbers.next(length_size);
            if (method <= 1 && meta.extents.size() < most_parts)
                meta.extents.push_back({.item = item, .is_in_idat = method == 1, .at = base + offset, .size = length});
        }
    }
}

/// Boxes of a maker's own, such as the film that some phones put behind the picture, say more than a picture needs.
bool says_more(std::string_view type, int depth)
{
    constexpr std::array needed{
        "ftyp"sv, "styp"sv, "mdat"sv, "moof"sv, "mfra"sv, "sidx"sv, "ssix"sv, "pdin"sv, "prft"sv, "emsg"sv};
    if (depth > 0)
        return type == "uuid"sv || type == "udta"sv || type == "free"sv || type == "skip"sv;
    return std::ranges::find(needed, type) == needed.end();
}

class HeicWiper
{
  public:
    explicit HeicWiper(const std::filesystem::path& photo) : file_(base::open_file(photo, O_RDWR | O_NOFOLLOW))
    {
        struct stat status
        {
        };
        if (::fstat(file_.get(), &status) != 0)
            throw std::system_error(errno, std::generic_category(), photo.string());
        size_ = static_cast<std::uint64_t>(status.st_size);
        // No byte belongs to two of what is wiped, unless somebody means to keep us busy.
        left_ = size_;
    }

    bool wipe()
    {
        wipe_boxes(0, size_, 0);
        return has_wiped_;
    }

  private:
    std::string read(std::uint64_t at, std::size_t count) const
    {
        if (at >= size_)
            return {};
        seek(at);
        return base::read_some(file_, static_cast<std::size_t>(std::min<std::uint64_t>(count, size_ - at)));
    }

    void seek(std::uint64_t at) const
    {
        if (::lseek(file_.get(), static_cast<off_t>(at), SEEK_SET) < 0)
            throw std::system_error(errno, std::generic_category(), "lseek");
    }

    void wipe_boxes(std::uint64_t at, std::uint64_t end, int depth)
    {
        walk(
            at, end, [this](std::uint64_t from, std::size_t count) { return read(from, count); },
            [&](const Box& box) {
                if (box.type == "meta")
                    wipe_items(box);
                else if ((box.type == "moov" || box.type == "trak") && depth < deepest)
                    wipe_boxes(box.at, box.at + box.size, depth + 1);
                else if (says_more(box.type, depth))
                    wipe_box(box);
                boxes_left_ -= std::min<std::size_t>(boxes_left_, 1);
                return boxes_left_ > 0;
            });
    }

    void wipe_box(const Box& box)
    {
        overwrite(box.type_at, "free");
        clear(box.at, box.size);
    }

    void wipe_items(const Box& box)
    {
        if (box.size > most_meta_bytes)
            return;
        const std::string content = read(box.at, static_cast<std::size_t>(box.size));
        const auto part = [&](const Box& child) {
            return std::string_view(content).substr(
                static_cast<std::size_t>(child.at), static_cast<std::size_t>(child.size));
        };
        Meta meta;
        walk(
            4, content.size(),
            [&](std::uint64_t at, std::size_t count) { return content.substr(static_cast<std::size_t>(at), count); },
            [&](const Box& child) {
                if (child.type == "iinf")
                    read_item_infos(meta, part(child));
                else if (child.type == "iloc")
                    read_item_locations(meta, part(child));
                else if (child.type == "idat")
                    meta.idat_at = box.at + child.at;
                return true;
            });
        for (const Extent& extent : meta.extents)
            wipe_extent(meta, extent);
    }

    void wipe_extent(const Meta& meta, const Extent& extent)
    {
        const bool is_exif = meta.exif.contains(extent.item);
        if (!is_exif && !meta.others.contains(extent.item))
            return;
        const std::uint64_t at = extent.at + (extent.is_in_idat ? meta.idat_at : 0);
        // A TIFF structure that says nothing, behind the place where it begins.
        const std::string nothing = big_bytes(0, 4) + "MM" + big_bytes(42, 2) + big_bytes(8, 4) + big_bytes(0, 2);
        const bool has_room = is_exif && extent.size >= nothing.size() && at < size_ && size_ - at >= nothing.size();
        if (!has_room) {
            clear(at, extent.size);
            return;
        }
        overwrite(at, nothing);
        clear(at + nothing.size(), extent.size - nothing.size());
    }

    void overwrite(std::uint64_t at, std::string_view bytes)
    {
        if (read(at, bytes.size()) == bytes)
            return;
        seek(at);
        base::write_all(file_, bytes);
        has_wiped_ = true;
    }

    void clear(std::uint64_t at, std::uint64_t count)
    {
        constexpr std::size_t piece = std::size_t{64} << 10U;
        while (count > 0 && at < size_ && left_ > 0) {
            const std::uint64_t room = std::min({count, size_ - at, left_, std::uint64_t{piece}});
            overwrite(at, std::string(static_cast<std::size_t>(room), '\0'));
            at += room;
            count -= room;
            left_ -= room;
        }
    }

    base::Descriptor file_;
    std::uint64_t size_ = 0;
    std::uint64_t left_ = 0;
    std::size_t boxes_left_ = most_parts;
    bool has_wiped_ = false;
};

} // namespace

bool wipe_heic(const std::filesystem::path& photo)
{
    return HeicWiper(photo).wipe();
}

} // namespace attachments
