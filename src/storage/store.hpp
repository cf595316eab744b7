#pragma once
// storage/ is where files lie: a directory, or a bucket of an S3-compatible store. Everybody but server/, which chooses
// one, knows only this interface. It knows no table.

#include "base/file.hpp"
#include "base/time.hpp"
#include "storage/file_type.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

/// A kept file whose bytes are not those of its checksum.
struct DamagedFile : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// A file that keep() put into the store.
struct KeptFile
{
    std::string stored_name;
    base::Time put_at{};
};

/// What a store needs to give a kept file back. Valid as long as what it was made from.
struct FileKey
{
    std::string_view stored_name;
    std::string_view sha256;
    std::uint64_t size = 0;
};

/// A file in the trash.
struct TrashedFile
{
    std::string stored_name;
    /// When it was put there: "2026-11-27", in UTC.
    std::string day;
};

/// Whether a listing goes on.
enum class Listing : std::uint8_t
{
    Continues,
    Ends
};

/// Keeps files under random names, durably. Thread-safe.
class Store
{
  public:
    Store() = default;
    virtual ~Store() = default;
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    /// For messages: where it is, without any secret.
    virtual std::string place() const = 0;
    /// A short text that was set beside the files; nothing when there is none.
    virtual std::optional<std::string> find_note(std::string_view name) const = 0;
    virtual void set_note(std::string_view name, std::string_view text) = 0;
    /// The mark that tells one site's store from another's; nothing in a new store.
    std::optional<std::string> find_id() const { return find_note(id_note); }
    void set_id(std::string_view id) { set_note(id_note, id); }

    /// A local directory for uploads under way.
    virtual std::filesystem::path temporary_directory() const = 0;

    /// What the content really is: "image/jpeg", "image/png", "image/webp", "image/heic" or "application/pdf"; nothing
    /// else is taken.
    std::optional<std::string> detect_type(const std::filesystem::path& file) const;
    /// Takes over a finished upload from temporary_directory() under a random name, which it returns; durable on
    /// return. `sha256` is that of its bytes in hexadecimal. Throws base::Unavailable, for example when the disk is
    /// full.
    std::string keep(const std::filesystem::path& uploaded, std::string_view sha256);
    /// keep() under a name that keep() once gave; what was there under it is replaced.
    virtual void put(std::string_view stored_name, const std::filesystem::path& uploaded, std::string_view sha256) = 0;
    /// The bytes of a kept file as an open local file, at its beginning, compared with their checksum: nobody gets a
    /// byte of a damaged one. Throws base::NotFound when it is gone, and DamagedFile.
    virtual base::Descriptor open(const FileKey& file) const = 0;
    /// Removes a kept file that no row will name, after a failed transaction.
    void discard(std::string_view stored_name) noexcept;

    /// Tells all kept files, in no order, until told to end.
    virtual void list(const std::function<Listing(KeptFile)>& tell) const = 0;
    bool has_files() const;
    /// Puts a kept file into the trash of that day; false when there was none.
    virtual bool move_to_trash(const TrashedFile& file) = 0;
    virtual std::vector<TrashedFile> list_trash() const = 0;
    /// Puts a file in the trash back to where it was kept.
    virtual void bring_back(const TrashedFile& file) = 0;
    virtual void remove_from_trash(const TrashedFile& file) = 0;

  protected:
    /// Removes a kept file, if there is one.
    virtual void remove(std::string_view stored_name) = 0;

  private:
    static constexpr std::string_view id_note = "store-id";

    mutable TypeDetector detector_;
};

/// True for what keep() gives as a name; everything else would not be safe as a part of a path.
bool is_stored_name(std::string_view name);
/// True for a day as TrashedFile has it; everything else would not be safe as a part of a path.
bool is_trash_day(std::string_view day);
/// In hexadecimal, of the bytes from the beginning; leaves the file there. Throws std::system_error.
std::string sha256_of(const base::Descriptor& file);
/// The time of a plain file's last change; nothing when it is gone or is something else.
std::optional<base::Time> changed_at(const std::filesystem::path& file);

} // namespace storage
