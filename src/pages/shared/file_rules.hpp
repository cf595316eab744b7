#pragma once

#include "attachments/attachment.hpp"
#include "storage/picture.hpp"
#include "storage/store.hpp"
#include "web/forms/upload.hpp"

namespace pages::shared {

/// The rules for files in forms. The store must outlive the rules.
inline web::FileRules file_rules(const storage::Store& store)
{
    web::FileRules rules{.most_files = attachments::most_files, .most_bytes = attachments::most_bytes};
    rules.type_of = [&store](const std::filesystem::path& file) { return store.detect_type(file); };
    rules.is_complete = [](const std::filesystem::path& file, std::string_view type) {
        return storage::is_complete_file(file, type);
    };
    rules.may_be_drawn = [](const std::filesystem::path& file, std::string_view type) {
        return storage::may_be_drawn_file(file, type);
    };
    rules.preview_of = [](const std::filesystem::path& file) -> std::optional<web::Preview> {
        const auto header = storage::read_preview_header(file);
        if (!header)
            return std::nullopt;
        return web::Preview{
            .type = std::string(header->content_type), .width = header->width, .height = header->height};
    };
    return rules;
}

} // namespace pages::shared
