#include "attachments/attachment.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace attachments {

namespace {

constexpr std::size_t longest_name = 120;

/// Not allowed in names of files by one system or another.
bool is_reserved(char c)
{
    return std::string_view("\"*:<>?|").find(c) != std::string_view::npos;
}

/// The extensions of what we take; the first of a type is the one we give.
struct Extension
{
    std::string_view content_type;
    std::string_view name;
};
constexpr auto extensions = std::to_array<Extension>({{"image/jpeg", ".jpg"}, {"image/jpeg", ".jpeg"},
    {"image/jpeg", ".jpe"}, {"image/jpeg", ".jfif"}, {"image/png", ".png"}, {"image/webp", ".webp"},
    {"image/heic", ".heic"}, {"image/heic", ".heif"}, {"image/heic", ".hif"}, {"application/pdf", ".pdf"}});

std::string_view extension_of(std::string_view content_type)
{
    for (const Extension& extension : extensions) {
        if (extension.content_type == content_type)
            return extension.name;
    }
    return ".bin";
}

/// Only what our own extension replaces goes: what follows another dot ("Invoice No. 12", "scan.2") may be all that
/// tells two files apart.
std::string_view without_extension(std::string_view name)
{
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0)
        return name;
    const std::string written = base::ascii_lower(name.substr(dot));
    const bool is_known = std::any_of(
        extensions.begin(), extensions.end(), [&](const Extension& extension) { return extension.name == written; });
    return is_known ? name.substr(0, dot) : name;
}

/// Another dot left of ours would still look like a type of file: "bill.exe.pdf". One before a blank does not.
void replace_dots(std::string& stem)
{
    for (std::size_t at = 0; at < stem.size(); ++at) {
        const bool is_before_blank = at + 1 < stem.size() && stem[at + 1] == ' ';
        if (stem[at] == '.' && !is_before_blank)
            stem[at] = '_';
    }
}

std::string_view strip(std::string_view name, std::string_view characters)
{
    name.remove_prefix(std::min(name.find_first_not_of(characters), name.size()));
    return name.substr(0, name.find_last_not_of(characters) + 1);
}

} // namespace

std::string clean_name(std::string_view client_name, std::string_view content_type)
{
    std::string visible = base::plain_file_name(client_name);
    std::replace_if(visible.begin(), visible.end(), is_reserved, '_');
    std::string stem(without_extension(strip(base::trim(visible), ". -")));
    replace_dots(stem);
    const std::string_view extension = extension_of(content_type);
    const std::string_view shortened =
        base::first_code_points(strip(base::trim(stem), " -"), longest_name - extension.size());
    const std::string_view kept = strip(base::trim(shortened), " -");
    return (kept.empty() ? "attachment" : std::string(kept)).append(extension);
}

} // namespace attachments
