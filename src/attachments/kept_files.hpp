#pragma once

#include "attachments/attachment.hpp"

#include <string>
#include <utility>
#include <vector>

namespace attachments {

/// Files put into the store for a transaction that is still to come. Discards them when destroyed before settle(), so
/// that a failed or repeated submission leaves none behind. Used by one thread; the store must outlive it.
class KeptFiles
{
  public:
    explicit KeptFiles(Store& store) : store_(store) {}
    ~KeptFiles();
    KeptFiles(const KeptFiles&) = delete;
    KeptFiles& operator=(const KeptFiles&) = delete;

    /// Takes over finished uploads (http::UploadedFile, which this level does not know) with their real types, in
    /// order. Throws base::Unavailable when the disk is full; what was taken over until then is discarded with this
    /// object.
    template <typename File>
    void keep(std::vector<File>& files, const std::vector<std::string>& types)
    {
        for (std::size_t i = 0; i < files.size(); ++i) {
            keep({.stored_name = {},
                     .name = clean_name(files[i].name, types.at(i)),
                     .content_type = types[i],
                     .size = files[i].size,
                     .sha256 = files[i].sha256},
                files[i].path);
            files[i].release();
        }
    }
    /// Names all of them in rows.
    void add_to(db::Transaction& tx, const Place& place, base::Time now) const;
    /// The rows are durable: the files stay.
    void settle() { files_.clear(); }

  private:
    void keep(StoredFile file, const std::filesystem::path& uploaded);

    Store& store_;
    std::vector<StoredFile> files_;
};

} // namespace attachments
