#pragma once

#include "base/file.hpp"
#include "commands/backup/destination.hpp"
#include "storage/s3_bucket.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace commands::backup {

/// The objects of a bucket for backups. Thread-safe. Waits longer than a store that visitors wait for.
class Objects
{
  public:
    /// `directory` is for files under way.
    Objects(storage::S3Settings settings, std::filesystem::path directory, std::uint64_t piece_bytes);

    storage::S3Bucket& bucket() const { return bucket_; }
    /// Names of all objects that begin so.
    std::vector<std::string> list(const std::string& beginning) const;
    void put_text(std::string_view name, std::string_view text);
    void put_whole(std::string_view name, const std::filesystem::path& file);
    /// Stores a file as `NAME.000000` and so on, in pieces of at most piece_bytes; an empty file is one piece.
    void put_pieces(const std::string& name, const std::filesystem::path& file, const Progress& progress);
    /// Writes the pieces there are into a new file; none makes no file.
    void fetch_pieces(const std::string& name, const std::filesystem::path& into) const;
    /// The object's bytes as an open local file, at its beginning; nothing when there is no such object.
    std::optional<base::Descriptor> fetch(std::string_view name) const;
    void remove(std::string_view name) { bucket_.remove(name); }

  private:
    std::filesystem::path directory_;
    mutable storage::S3Bucket bucket_;
    std::uint64_t piece_bytes_;
};

} // namespace commands::backup
