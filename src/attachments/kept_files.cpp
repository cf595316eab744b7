#include "attachments/kept_files.hpp"

#include "attachments/metadata.hpp"

namespace attachments {

KeptFiles::~KeptFiles()
{
    for (const StoredFile& file : files_) {
        store_.discard(file.stored_name);
        if (file.preview)
            store_.discard(file.preview->stored_name);
    }
}

namespace {

template <typename File>
void clean(File& file, const std::filesystem::path& uploaded, std::string_view real_type)
{
    if (auto cleaned = remove_metadata(uploaded, real_type)) {
        file.size = cleaned->size;
        file.sha256 = std::move(cleaned->sha256);
    }
}

} // namespace

void KeptFiles::keep(StoredFile file, const std::filesystem::path& uploaded, std::string_view real_type)
{
    clean(file, uploaded, real_type);
    file.stored_name = store_.keep(uploaded, file.sha256);
    files_.push_back(std::move(file));
}

void KeptFiles::keep_preview(StoredPreview preview, const std::filesystem::path& uploaded)
{
    clean(preview, uploaded, preview.content_type);
    preview.stored_name = store_.keep(uploaded, preview.sha256);
    files_.back().preview = std::move(preview);
}

} // namespace attachments
