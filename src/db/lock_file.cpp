#include "db/lock_file.hpp"

#include "db/connection.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <mutex>
#include <set>
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

using Identity = std::pair<dev_t, ino_t>;

/// The files that this process has locked. Its own second descriptor must not be opened to find out: see the header.
struct LockedFiles
{
    std::mutex mutex;
    std::set<Identity> identities;
};

LockedFiles& locked_files()
{
    static LockedFiles files;
    return files;
}

[[noreturn]] void refuse_other_name(const std::string& path, std::string_view what)
{
    throw InUse(std::string(what) + " already in use under another name (" + path + ")");
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

SameFileLock::SameFileLock(const std::string& path, std::string_view what)
{
    LockedFiles& locked = locked_files();
    const std::lock_guard lock(locked.mutex);
    struct stat found = {};
    if (::stat(path.c_str(), &found) == 0 && locked.identities.contains({found.st_dev, found.st_ino}))
        refuse_other_name(path, what);
    file_ = base::Descriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!file_ || ::fstat(file_.get(), &found) != 0)
        throw Error("cannot open " + path + " for writing: " + std::generic_category().message(errno));
    if (::flock(file_.get(), LOCK_EX | LOCK_NB) != 0) {
        const int error = errno;
        if (error == EWOULDBLOCK)
            refuse_other_name(path, what);
        throw Error("cannot lock " + path + ": " + std::generic_category().message(error));
    }
    identity_ = {found.st_dev, found.st_ino};
    locked.identities.insert(identity_);
}

SameFileLock::~SameFileLock()
{
    LockedFiles& locked = locked_files();
    const std::lock_guard lock(locked.mutex);
    locked.identities.erase(identity_);
    file_.close();
}

} // namespace db
