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

} // namespace

void add_cell(std::string& csv, std::string_view text)
{
    const bool is_formula = looks_like_formula(text);
    if (!is_formula && text.find_first_of(",\"\r\n") == std::string_view::npos) {
        csv += text;
        return;
    }
    csv += '"';
    if (is_formula)
        csv += '\'';
    for (auto quote = text.find('"'); quote != std::string_view::npos; quote = text.find('"')) {
        csv += text.substr(0, quote + 1);
        csv += '"';
        text.remove_prefix(quote + 1);
    }
    csv += text;
    csv += '"';
}

} // namespace pages::desk
