#include "pages/desk/csv.hpp"

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

} // namespace

void add_cell(std::string& csv, std::string_view text)
{
    csv += '"';
    bool is_start = true;
    while (!text.empty()) {
        if (is_start && looks_like_formula(text))
            csv += '\'';
        is_start = starts_cell_elsewhere(text.front());
        if (text.front() == '"')
            csv += '"';
        csv += text.front();
        text.remove_prefix(1);
    }
    csv += '"';
}

} // namespace pages::desk
