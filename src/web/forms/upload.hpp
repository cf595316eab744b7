#pragma once

#include "web/context.hpp"
#include "web/forms/form.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace web {

/// A form's field with small pictures of its photos: one part each, named by the photo's place among the files.
inline constexpr std::string_view preview_field = "previews";
/// Parts with files that a form may have: the files, their previews and some more, so that we can name the files that
/// are too many.
inline constexpr std::size_t most_file_parts = 30;

/// Why a file is not taken.
enum class FileFault : std::uint8_t
{
    TooLarge,
    WrongKind,
    Incomplete,
    Empty,
    TooMany,
    /// It never arrived here whole.
    Lost
};
/// As forms and the database have it: "too_large".
std::string_view file_fault_name(FileFault fault);
std::optional<FileFault> parse_file_fault(std::string_view name);

/// A file that is not taken. The name is short and safe to show; empty when nobody knows it.
struct RefusedFile
{
    std::string name;
    FileFault fault = FileFault::Lost;

    bool operator==(const RefusedFile&) const = default;
};

/// A file's name as pages show it, cut to 60 code points.
std::string shown_file_name(std::string_view name);

/// True when a script sent the form and keeps its files.
bool keeps_files(const http::Request& request);
/// Add the files that a form says were left out: what a script did not send, and what the visitor sends it without. A
/// name in `sent` was chosen again, which without a script nobody else could know.
void add_left_out(const http::Request& request, std::vector<std::string> sent, std::vector<RefusedFile>& left_out);

/// What a form sends about files that were left out: "too_large IMG_2049.jpg" each.
std::vector<std::string> fields_of(const std::vector<RefusedFile>& files);

/// A file that waits on the server for the form that came back (pages/shared/files/).
struct HeldFile
{
    std::int64_t id = 0;
    std::string name;
    base::Text size;
};

/// A small picture of a photo, checked.
struct Preview
{
    std::string type;
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    /// Its place in Context::files().
    std::size_t at = 0;
};

/// A file that is taken.
struct CheckedFile
{
    /// The real type of its content.
    std::string type;
    /// Otherwise it is only downloaded.
    bool may_be_drawn = true;
    std::optional<Preview> preview = {};
};

/// What happens to a form with a file that is not taken.
enum class IfRefused : std::uint8_t
{
    /// The form comes back with a question, unless the visitor has answered it.
    Ask,
    /// Nothing holds up a leak report: it goes without the file.
    SendWithout
};

/// The rules for the files of a form. It knows no noun, so the caller says how to look into a file.
struct FileRules
{
    std::size_t most_files = 0;
    std::uint64_t most_bytes = 0;
    /// Detect the type of the content, whatever the file's name says; nothing for a type that is not accepted.
    std::function<std::optional<std::string>(const std::filesystem::path&)> type_of;
    /// False for a photo that ends too early.
    std::function<bool(const std::filesystem::path&, std::string_view type)> is_complete;
    /// False for a photo that no browser should draw.
    std::function<bool(const std::filesystem::path&, std::string_view type)> may_be_drawn;
    /// Nothing for a file that may not be shown as a preview.
    std::function<std::optional<Preview>(const std::filesystem::path&)> preview_of;
    /// The id of the form, for the button that sends it without the refused files.
    std::string_view form_id;
    IfRefused if_refused = IfRefused::Ask;
};

/// The result of checking a form's files.
struct FileCheck
{
    /// What is taken: the first of Context::files(), in order.
    std::vector<CheckedFile> files;
    /// What is not taken although the form is sent: the refused files, and those that the browser did not send.
    std::vector<RefusedFile> left_out;
    /// The status for showing the form again: 413 for a limit, 503 for a full disk, else 422.
    http::Status refusal = http::Status::UnprocessableContent;
};

/// Check the files of a form and the body's fault, and add errors to `errors` under "attachments", with the offer to
/// send the form without the refused files. Afterwards Context::files() has only files that are taken, then their
/// previews. Throws base::BadRequest for a body that could not be read.
FileCheck check_files(Context& ctx, const FileRules& rules, FormErrors& errors);
/// True when the text fields had more than a form may have, so that some were cut.
bool is_text_cut(const http::Request& request);
/// True when the form came with files that are taken, or with more than could be read. A page that shows the form again
/// says that they are lost unless they are held, because a browser does not let us put them back.
bool has_files(const Context& ctx);

} // namespace web
