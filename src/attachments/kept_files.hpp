#pragma once

#include "attachments/attachment.hpp"
#include "db/database.hpp"
#include "storage/store.hpp"

#include <string>
#include <string_view>
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

    /// Takes over finished uploads (http::UploadedFile, which this level does not know) with what was found in them
    /// (web::CheckedFile), in order, and their previews; metadata of photos is cut away first. Throws base::Unavailable
    /// when the disk is full; what was taken over until then is discarded with this object.
    template <typename File, typename Checked>
    void keep(std::vector<File>& files, const std::vector<Checked>& checked)
    {
        for (std::size_t i = 0; i < checked.size(); ++i) {
            File& file = files.at(i);
            keep({.stored_name = {},
                     .name = clean_name(file.name, checked[i].type),
                     .content_type = checked[i].may_be_drawn ? checked[i].type : std::string(downloaded_type),
                     .size = file.size,
                     .sha256 = file.sha256},
                file.path, checked[i].type);
            file.release();
            if (const auto& preview = checked[i].preview) {
                File& picture = files.at(preview->at);
                keep_preview({.stored_name = {},
                                 .content_type = preview->type,
                                 .size = picture.size,
                                 .sha256 = picture.sha256,
                                 .width = preview->width,
                                 .height = preview->height},
                    picture.path);
                picture.release();
            }
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
    /// Without its metadata, which a photo may have whether or not it may be drawn.
    void keep(StoredFile file, const std::filesystem::path& uploaded, std::string_view real_type);
    /// Of the last file.
    void keep_preview(StoredPreview preview, const std::filesystem::path& uploaded);

    storage::Store& store_;
    std::vector<StoredFile> files_;
};

} // namespace attachments
