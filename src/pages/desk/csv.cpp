#include "pages/desk/csv.hpp"

#include <algorithm>
#include <array>

namespace pages::desk {

namespace {

constexpr std::array<std::string_view, 4> full_width = {"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};

bool looks_like_formula(std::string_view text)
{
    const auto start = text.find_first_not_of(" \"'\n");
    if (start == std::string_view::npos)
        return false;
    const std::string_view rest = text.substr(start);
    if (std::string_view("=+-@\t\r").find(rest.front()) != std::string_view::npos)
        return true;
    for (const std::string_view sign : full_width) {
        if (rest.starts_with(sign))
            return true;
    }
    return false;
}

/// Where the list separator is another one, as in much of Europe, a spreadsheet does not see our quotes and begins a
/// cell here.
bool starts_cell_elsewhere(char c)
{
    return c == ';' || c == '\t' || c == '\n' || c == '\r' || c == '|';
}

void append_quoted(std::string& csv, std::string_view text)
{
    for (auto quote = text.find('"'); quote != std::string_view::npos; quote = text.find('"')) {
        csv.append(text.substr(0, quote)).append("\"\"");
        text.remove_prefix(quote + 1);
    }
    csv += text;
}

} // namespace

void add_cell(std::string& csv, std::string_view text)
{
    csv += '"';
    while (!text.empty()) {
        if (looks_like_formula(text))
            csv += '\'';
        const auto end = std::find_if(text.begin(), text.end(), starts_cell_elsewhere);
        const auto length = static_cast<std::size_t>(end - text.begin()) + (end == text.end() ? 0 : 1);
        append_quoted(csv, text.substr(0, length));
        text.remove_prefix(length);
    }
    csv += '"';
}

} // namespace pages::desk
