#include "db/lock_file.hpp"

#include "db/connection.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <system_error>

namespace db {

namespace {

std::string holder_of(int descriptor)
{
    std::array<char, 32> text{};
    const ssize_t size = ::pread(descriptor, text.data(), text.size(), 0);
    const std::string process(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    return process.empty() ? "another process" : "process " + process;
}

} // namespace

LockFile::LockFile(const std::string& path, std::string_view what)
    : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600))
{
    if (!file_)
        throw Error("cannot create " + path + ": " + std::generic_category().message(errno));
    if (::flock(file_.get(), LOCK_EX | LOCK_NB) != 0) {
        const int error = errno;
        if (error == EWOULDBLOCK)
            throw InUse(std::string(what) + " already in use by " + holder_of(file_.get()) + " (" + path + ")");
        throw Error("cannot lock " + path + ": " + std::generic_category().message(error));
    }
    // Only a hint for the message above, so a failure does not matter.
    const std::string process = std::to_string(::getpid());
    if (::ftruncate(file_.get(), 0) != 0 || ::pwrite(file_.get(), process.data(), process.size(), 0) < 0)
        return;
}

} // namespace db
