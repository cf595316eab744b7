#pragma once

#include "attachments/attachment.hpp"
#include "db/database.hpp"
#include "storage/store.hpp"

#include <string>
#include <utility>
#include <vector>

namespace attachments {

/// Files put into the store for a transaction that is still to come. Discards them when destroyed before they are
/// settled, so that a failed or repeated submission leaves none behind. Used by one thread; the store must outlive it.
class KeptFiles
{
  public:
    explicit KeptFiles(storage::Store& store) : store_(store) {}
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
    /// What a verb names in rows.
    std::span<const StoredFile> files() const { return files_; }
    /// Runs `submit`, which returns an id and whether rows with that id were made now, as web::submit_once() does, and
    /// returns the id. The files stay when their rows are durable, and when that is not certain (db::CommitUnknown):
    /// the sweep removes them later if no row names them.
    template <typename Submit>
    auto settle_with(Submit&& submit)
    {
        try {
            const auto [id, is_new] = std::forward<Submit>(submit)();
            if (is_new)
                files_.clear();
            return id;
        } catch (const db::CommitUnknown&) {
            files_.clear();
            throw;
        }
    }

  private:
    void keep(StoredFile file, const std::filesystem::path& uploaded);

    storage::Store& store_;
    std::vector<StoredFile> files_;
};

} // namespace attachments
