#pragma once

#include "base/file.hpp"

#include <string>
#include <string_view>
#include <sys/types.h>
#include <utility>

namespace db {

/// A lock held by one process at a time while the object lives, however that process ends.
class LockFile
{
  public:
    /// Take the lock. Throws InUse naming what is in use and the process that holds it, Error when the file cannot be
    /// made.
    LockFile(const std::string& path, std::string_view what);

  private:
    // The file stays: removing it could let two processes lock two files of the same name.
    base::Descriptor file_;
};

/// A lock on a file itself, whatever its name: a symbolic or hard link to it is refused, too. Keep it longer than every
/// SQLite connection to the file, because closing any descriptor of a file ends this process's POSIX locks on it.
class SameFileLock
{
  public:
    /// Make the file, for this user alone, when it is missing, and take the lock. Throws InUse naming what is in use,
    /// Error when the file cannot be opened for writing.
    SameFileLock(const std::string& path, std::string_view what);
    ~SameFileLock();
    SameFileLock(const SameFileLock&) = delete;
    SameFileLock& operator=(const SameFileLock&) = delete;

  private:
    base::Descriptor file_;
    std::pair<dev_t, ino_t> identity_{};
};

} // namespace db
