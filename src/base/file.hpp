#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace base {

/// Owns one file descriptor and closes it. Not shared between threads.
class Descriptor
{
  public:
    Descriptor() = default;
    /// Takes over `number`; -1 means none.
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() { close(); }
    Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
    Descriptor& operator=(Descriptor&& other) noexcept;

    explicit operator bool() const { return number_ >= 0; }
    /// The number for system calls; -1 when it owns none.
    int get() const { return number_; }
    /// Gives the number away without closing it.
    int release();
    void close();

  private:
    int number_ = -1;
};

// Everything below throws std::system_error naming the path; a full disk or quota throws base::Unavailable instead.

/// Opens with open(2)'s flags plus O_CLOEXEC; a new file gets `mode`.
Descriptor open_file(const std::filesystem::path& path, int flags, mode_t mode = 0600);
/// Creates a file that must not exist yet, for writing by us alone.
Descriptor create_file(const std::filesystem::path& path);
/// Writes all bytes at the current position.
void write_all(const Descriptor& file, std::string_view bytes);
/// Reads at most `count` bytes from the current position; shorter only at the end of the file.
std::string read_some(const Descriptor& file, std::size_t count);
/// Goes to the beginning.
void rewind(const Descriptor& file);
/// The whole file; throws base::TooLarge when it has more than `limit` bytes.
std::string read_file(const std::filesystem::path& path, std::size_t limit = std::size_t{64} << 20U);
/// Returns when the file's bytes are on the disk.
void sync_file(const Descriptor& file);
/// Returns when the names in the directory are on the disk.
void sync_directory(const std::filesystem::path& path);
/// Renames within one file system, replacing `to`, and returns when the new name is on the disk.
void rename_durably(const std::filesystem::path& from, const std::filesystem::path& to);
/// Replaces the file's content so that a crash leaves either the old or the new content, never a part.
void write_file_durably(const std::filesystem::path& path, std::string_view bytes);
/// Marks an open file as being written, until it is closed.
void lock_for_writing(const Descriptor& file) noexcept;
/// True when somebody, also another process, has locked the file for writing.
bool is_locked(const std::filesystem::path& path);
/// False when there was no such file.
bool remove_file(const std::filesystem::path& path);

} // namespace base
