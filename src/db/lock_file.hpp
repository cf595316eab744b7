#pragma once

#include <string>

namespace db {

/// Held while the object lives and by one process at a time, however that process ends.
class LockFile
{
  public:
    /// Throws InUse naming the process that holds it, Error when the file cannot be made.
    explicit LockFile(const std::string& path);
    LockFile(const LockFile&) = delete;
    LockFile& operator=(const LockFile&) = delete;
    ~LockFile();

  private:
    int descriptor_ = -1;
};

} // namespace db
