#pragma once

#include "base/file.hpp"

#include <string>
#include <string_view>

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

} // namespace db
