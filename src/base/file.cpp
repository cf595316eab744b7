#include "base/file.hpp"

#include "base/crypto.hpp"
#include "base/error.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace base {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void throw_file_error(int number, const std::string& what)
{
    if (number == ENOSPC || number == EDQUOT) {
        throw Unavailable(what + ": the disk is full");
    }
    throw std::system_error(number, std::generic_category(), what);
}

fs::path directory_of(const fs::path& path)
{
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

} // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept
{
    if (this != &other) {
        close();
        number_ = other.release();
    }
    return *this;
}

int Descriptor::release()
{
    return std::exchange(number_, -1);
}

void Descriptor::close()
{
    // Not repeated on EINTR: Linux has released the number by then and another thread may own it.
    if (number_ >= 0) {
        ::close(release());
    }
}

Descriptor open_file(const fs::path& path, int flags, mode_t mode)
{
    for (;;) {
        Descriptor file(::open(path.c_str(), flags | O_CLOEXEC, mode));
        if (file) {
            return file;
        }
        if (errno != EINTR) {
            throw_file_error(errno, "open " + path.string());
        }
    }
}

Descriptor create_file(const fs::path& path)
{
    return open_file(path, O_WRONLY | O_CREAT | O_EXCL);
}

void write_all(const Descriptor& file, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
        if (written >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            throw_file_error(errno, "write");
        }
    }
}

std::string read_some(const Descriptor& file, std::size_t count)
{
    std::string bytes(count, '\0');
    std::size_t filled = 0;
    while (filled < count) {
        const ssize_t got = ::read(file.get(), bytes.data() + filled, count - filled);
        if (got == 0) {
            break;
        }
        if (got > 0) {
            filled += static_cast<std::size_t>(got);
        } else if (errno != EINTR) {
            throw_file_error(errno, "read");
        }
    }
    bytes.resize(filled);
    return bytes;
}

std::string read_file(const fs::path& path, std::size_t limit)
{
    const Descriptor file = open_file(path, O_RDONLY);
    constexpr std::size_t chunk = std::size_t{64} << 10U;
    std::string content;
    for (;;) {
        const std::string piece = read_some(file, chunk);
        content += piece;
        if (content.size() > limit) {
            throw TooLarge(
                Text::verbatim(path.filename().string() + " is larger than " + std::to_string(limit) + " bytes"));
        }
        if (piece.size() < chunk) {
            return content;
        }
    }
}

void rewind(const Descriptor& file)
{
    if (::lseek(file.get(), 0, SEEK_SET) != 0)
        throw_file_error(errno, "lseek");
}

void sync_file(const Descriptor& file)
{
    // Not repeated after an error: the kernel has dropped the dirty pages and a second call would report success.
    if (::fsync(file.get()) != 0) {
        throw_file_error(errno, "fsync");
    }
}

void sync_directory(const fs::path& path)
{
    sync_file(open_file(path, O_RDONLY | O_DIRECTORY));
}

void rename_durably(const fs::path& from, const fs::path& to)
{
    if (::rename(from.c_str(), to.c_str()) != 0) {
        throw_file_error(errno, "rename " + from.string() + " to " + to.string());
    }
    sync_directory(directory_of(to));
}

void write_file_durably(const fs::path& path, std::string_view bytes)
{
    const fs::path draft = path.string() + "." + random_token() + ".tmp";
    try {
        const Descriptor file = create_file(draft);
        write_all(file, bytes);
        sync_file(file);
        rename_durably(draft, path);
    } catch (...) {
        ::unlink(draft.c_str());
        throw;
    }
}

void lock_for_writing(const Descriptor& file) noexcept
{
    // Where it cannot be locked (some network file systems) the file's age protects it.
    ::flock(file.get(), LOCK_EX | LOCK_NB);
}

bool is_locked(const std::filesystem::path& path)
{
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
    return file && ::flock(file.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

bool remove_file(const fs::path& path)
{
    if (::unlink(path.c_str()) == 0) {
        return true;
    }
    if (errno == ENOENT) {
        return false;
    }
    throw_file_error(errno, "remove " + path.string());
}

} // namespace base
