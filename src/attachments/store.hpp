#pragma once
// Where the bytes of attachments lie. Everybody but app/, which chooses one, knows only this interface.

#include "attachments/attachment.hpp"
#include "attachments/file_type.hpp"
#include "base/file.hpp"
#include "db/connection.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace attachments {

/// A kept file whose bytes are not those of its checksum.
struct DamagedFile : std::runtime_error
{
    using std::runtime_error::runtime_error;
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
    /// The mark that tells one site's store from another's; nothing in a new store.
    virtual std::optional<std::string> find_id() const = 0;
    virtual void set_id(std::string_view id) = 0;

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
    /// The bytes of a kept file as an open local file, at its beginning. Throws base::NotFound when it is gone, and
    /// DamagedFile where looking costs nothing: not from a local disk.
    virtual base::Descriptor open(const Attachment& file) const = 0;
    /// Removes a kept file that no row will name, after a failed transaction.
    void discard(std::string_view stored_name) noexcept;
    /// Removes files older than an hour that no row names, and stale temporary files; returns how many.
    std::size_t sweep(db::Connection& db, base::Time now);

  protected:
    /// Removes a kept file; false when there was none.
    virtual bool remove(std::string_view stored_name) = 0;
    /// Tells the names of all kept files that were put there before `time`.
    virtual void list_older(base::Time time, const std::function<void(std::string)>& tell) = 0;

  private:
    std::size_t sweep_temporary_files(base::Time before) const;
    std::size_t sweep_chunk(db::Connection& db, const std::vector<std::string>& names);

    mutable TypeDetector detector_;
};

/// True for what keep() gives as a name; everything else would not be safe as a part of a path.
bool is_stored_name(std::string_view name);
/// In hexadecimal, of the bytes from the beginning; leaves the file there. Throws std::system_error.
std::string sha256_of(const base::Descriptor& file);
/// The time of a plain file's last change; nothing when it is gone or is something else.
std::optional<base::Time> changed_at(const std::filesystem::path& file);

} // namespace attachments
