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

/// The files that a form accepts. It knows no noun, so the caller says how to find a file's real type.
struct FileRules
{
    std::size_t most_files = 0;
    std::uint64_t most_bytes = 0;
    /// Detect the type of the content, whatever the file's name says; nothing for a type that is not accepted.
    std::function<std::optional<std::string>(const std::filesystem::path&)> type_of;
};

/// The result of checking a form's files.
struct FileCheck
{
    /// The real type of each of the context's files, in order. Complete only when there was no error.
    std::vector<std::string> types;
    /// The status for showing the form again: 413 for a limit, 503 for a full disk, else 422.
    http::Status refusal = http::Status::UnprocessableContent;
};

/// Check the files of a form and the body's fault, and add errors to `errors` under "attachments". Drops the empty part
/// that browsers send for a file field without a choice. Throws base::BadRequest for a body that could not be read.
FileCheck check_files(Context& ctx, const FileRules& rules, FormErrors& errors);
/// True when the form came with files, read or not. A page that shows the form again says that they are lost, because
/// a browser does not let us put them back.
bool has_files(const Context& ctx);

} // namespace web
