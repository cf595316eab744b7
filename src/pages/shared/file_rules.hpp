#pragma once

#include "attachments/attachment.hpp"
#include "storage/store.hpp"
#include "web/forms/upload.hpp"

namespace pages::shared {

/// The rules for files in forms. The store must outlive the rules.
inline web::FileRules file_rules(const storage::Store& store)
{
    return {.most_files = attachments::most_files,
        .most_bytes = attachments::most_bytes,
        .type_of = [&store](const std::filesystem::path& file) { return store.detect_type(file); }};
}

} // namespace pages::shared
