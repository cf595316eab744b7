#include "attachments/attachment.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

#include <algorithm>

namespace attachments {

namespace {

constexpr std::size_t longest_name = 120;
constexpr std::size_t longest_extension = 8;

/// Characters that are not seen or that turn the reading order, by which "gpj.exe" could be shown as "exe.jpg".
bool is_invisible(char32_t c)
{
    return c == 0x00AD || c == 0x061C || c == 0x180E || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF ||
           (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF);
}

bool is_control(char32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

/// Not allowed in names of files by one system or another.
bool is_reserved(char32_t c)
{
    return c < 0x80 && std::string_view("\"*:<>?|").find(static_cast<char>(c)) != std::string_view::npos;
}

std::string visible_characters(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        const base::CodePoint c = base::decode_utf8(text);
        if (c.length != 0 && !is_control(c.value) && !is_invisible(c.value)) {
            base::append_utf8(out, is_reserved(c.value) ? U'_' : c.value);
        }
        text.remove_prefix(std::max<std::size_t>(c.length, 1));
    }
    return out;
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
    if (const std::size_t slash = client_name.find_last_of("/\\"); slash != std::string_view::npos) {
        client_name.remove_prefix(slash + 1);
    }
    const std::string visible = visible_characters(client_name);
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
