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
constexpr std::string_view other_separators = ";\t\n\r|";

constexpr std::array<bool, 256> signs_of(std::string_view signs)
{
    std::array<bool, 256> table{};
    for (const char sign : signs)
        table.at(static_cast<unsigned char>(sign)) = true;
    return table;
}

constexpr auto starts_cell_elsewhere = signs_of(other_separators);
/// With the quote; texts without any of these are copied as they are.
constexpr auto needs_care = signs_of(";\t\n\r|\"");

template <const std::array<bool, 256>& table>
std::size_t find_sign(std::string_view text)
{
    std::size_t at = 0;
    while (at < text.size() && !table[static_cast<unsigned char>(text[at])])
        ++at;
    return at;
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
    if (looks_like_formula(text))
        csv += '\'';
    const std::size_t plain = find_sign<needs_care>(text);
    csv.append(text.substr(0, plain));
    // From the sign on: what follows a separator may be a formula, too.
    for (text.remove_prefix(plain); !text.empty();) {
        const std::size_t end = find_sign<starts_cell_elsewhere>(text);
        const bool is_last = end == text.size();
        append_quoted(csv, text.substr(0, end + (is_last ? 0 : 1)));
        text.remove_prefix(end + (is_last ? 0 : 1));
        if (looks_like_formula(text))
            csv += '\'';
    }
    csv += '"';
}

} // namespace pages::desk
