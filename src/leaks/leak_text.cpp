#include "leaks/leak_text.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace leaks {

namespace {

constexpr std::size_t longest_line = 200;

} // namespace

std::string fit_line(const std::string& line, std::string_view name, std::string& notes)
{
    if (base::count_code_points(line) <= longest_line)
        return line;
    notes += fmt::format("{}{}: {}", notes.empty() ? "" : "\n\n", name, line);
    return std::string(base::first_code_points(line, longest_line - 1)) + "…";
}

void note_cut(std::string& notes)
{
    notes += notes.empty() ? "" : "…\n\n";
    notes += "[Cut here: the report was longer than 256 KB. Tell us the rest when we call.]";
}

} // namespace leaks
