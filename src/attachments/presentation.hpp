#pragma once

#include "attachments/store.hpp"
#include "web/upload.hpp"

namespace attachments {

/// What forms take as files. The store outlives the rules.
inline web::FileRules file_rules(const Store& store)
{
    return {.most_files = most_files, .most_bytes = most_bytes, .type_of = [&store](const std::filesystem::path& file) {
                return store.detect_type(file);
            }};
}

} // namespace attachments
