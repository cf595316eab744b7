#pragma once

#include <string>
#include <string_view>

namespace db {

/// Held while the object lives and by one process at a time, however that process ends.
class LockFile
{
  public:
    /// Throws InUse naming what is in use and the process that holds it, Error when the file cannot be made.
    LockFile(const std::string& path, std::string_view what);
    LockFile(const LockFile&) = delete;
    LockFile& operator=(const LockFile&) = delete;
    ~LockFile();

  private:
    int descriptor_ = -1;
};

} // namespace db
