#pragma once

#include "web/context.hpp"
#include "web/forms/form.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace web {

/// Which files a form takes; it knows no noun, so the caller says how a file's real type is found.
struct FileRules
{
    std::size_t most_files = 0;
    std::uint64_t most_bytes = 0;
    /// What the content is, whatever its name says; nothing for a type that is not taken.
    std::function<std::optional<std::string>(const std::filesystem::path&)> type_of;
};

/// What the files of a form were found to be.
struct FileCheck
{
    /// The real type of each of the context's files, in order. Complete only when nothing was wrong.
    std::vector<std::string> types;
    /// The status for showing the form again: 413 for a limit, 503 for a full disk, else 422.
    http::Status refusal = http::Status::UnprocessableContent;
};

/// Checks the files that came with a form and the body's fault; what is wrong is added to `errors` under "attachments".
/// Forgets the empty part that browsers send for a file field without a choice. Throws base::BadRequest for a body that
/// could not be read.
FileCheck check_files(Context& ctx, const FileRules& rules, FormErrors& errors);

} // namespace web
