#include "attachments/attachment.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace attachments {

namespace {

constexpr std::size_t longest_name = 120;
constexpr std::size_t longest_extension = 8;

/// Not allowed in names of files by one system or another.
bool is_reserved(char c)
{
    return std::string_view("\"*:<>?|").find(c) != std::string_view::npos;
}

std::string_view extension_of(std::string_view content_type)
{
    if (content_type == "image/jpeg") {
        return ".jpg";
    }
    if (content_type == "image/png") {
        return ".png";
    }
    if (content_type == "image/webp") {
        return ".webp";
    }
    if (content_type == "image/heic") {
        return ".heic";
    }
    return content_type == "application/pdf" ? ".pdf" : ".bin";
}

std::string_view without_extension(std::string_view name)
{
    const std::size_t dot = name.rfind('.');
    const bool has_extension = dot != std::string_view::npos && dot != 0 && name.size() - dot - 1 <= longest_extension;
    return has_extension ? name.substr(0, dot) : name;
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
    // Another dot left of ours would still look like a type of file: "bill.exe.pdf".
    std::string stem(without_extension(strip(base::trim(visible), ". -")));
    std::replace(stem.begin(), stem.end(), '.', '_');
    const std::string_view extension = extension_of(content_type);
    const std::string_view shortened =
        base::first_code_points(strip(base::trim(stem), " -"), longest_name - extension.size());
    const std::string_view kept = strip(base::trim(shortened), " -");
    return (kept.empty() ? "attachment" : std::string(kept)).append(extension);
}

} // namespace attachments
