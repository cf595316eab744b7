#include "attachments/kept_files.hpp"

namespace attachments {

KeptFiles::~KeptFiles()
{
    for (const StoredFile& file : files_) {
        store_.discard(file.stored_name);
        if (file.preview)
            store_.discard(file.preview->stored_name);
    }
}

void KeptFiles::keep(StoredFile file, const std::filesystem::path& uploaded)
{
    file.stored_name = store_.keep(uploaded, file.sha256);
    files_.push_back(std::move(file));
}

void KeptFiles::keep_preview(StoredPreview preview, const std::filesystem::path& uploaded)
{
    preview.stored_name = store_.keep(uploaded, preview.sha256);
    files_.back().preview = std::move(preview);
}

} // namespace attachments
