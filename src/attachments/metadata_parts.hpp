#pragma once
// For metadata.cpp: reading and writing a photo piece by piece. Every number in a photo is somebody else's; nothing
// here believes one without comparing it with what is really there.

#include "base/file.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace attachments {

/// The bytes of a file, from the beginning to the end.
class PhotoSource
{
  public:
    explicit PhotoSource(const std::filesystem::path& path);

    /// The next `count` bytes, fewer only at the end; valid until the next call. At most 64 KiB.
    std::string_view take(std::size_t count);
    /// The same without moving on.
    std::string_view peek(std::size_t count);
    /// Some bytes that are next; empty at the end. take() moves over them.
    std::string_view ahead();
    /// Move over as many bytes, or to the end.
    void skip(std::uint64_t count);
    /// How many bytes were taken and skipped.
    std::uint64_t position() const { return taken_; }

  private:
    void fill(std::size_t count);

    base::Descriptor file_;
    std::string buffer_;
    std::size_t at_ = 0;
    std::uint64_t taken_ = 0;
    bool has_ended_ = false;
};

/// The file that the photo becomes; removed unless it is kept.
class PhotoSink
{
  public:
    explicit PhotoSink(std::filesystem::path path);
    ~PhotoSink();
    PhotoSink(const PhotoSink&) = delete;
    PhotoSink& operator=(const PhotoSink&) = delete;

    void write(std::string_view bytes);
    /// Copy as many bytes of the source, or all that are left of it; false when they were fewer.
    bool copy(PhotoSource& source, std::uint64_t count);
    void copy_rest(PhotoSource& source);
    /// Write over what is there already.
    void patch(std::uint64_t at, std::string_view bytes);
    std::uint64_t size() const { return size_ + pending_.size(); }
    /// Take the place of `photo`.
    void replace(const std::filesystem::path& photo);

  private:
    void flush();

    std::filesystem::path path_;
    base::Descriptor file_;
    std::string pending_;
    std::uint64_t size_ = 0;
};

std::uint32_t big_number(std::string_view bytes);
std::uint32_t little_number(std::string_view bytes);
std::string big_bytes(std::uint32_t number, std::size_t count);
std::string little_bytes(std::uint32_t number, std::size_t count);

/// The orientation (2 to 8) in a TIFF structure as Exif has it; 0 for none, for upright and for a broken one.
unsigned orientation_in(std::string_view tiff);
/// A TIFF structure that says nothing but the orientation.
std::string tiff_of(unsigned orientation);

// One function for each format. They write what is to stay; true when something was left out.
bool clean_jpeg(PhotoSource& photo, PhotoSink& out);
bool clean_png(PhotoSource& photo, PhotoSink& out);
bool clean_webp(PhotoSource& photo, PhotoSink& out);
/// Changes the file itself, because a HEIC names places in itself. True when something was wiped.
bool wipe_heic(const std::filesystem::path& photo);

} // namespace attachments
