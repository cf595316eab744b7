#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>

namespace leaks {

/// A leak report is never refused for its text, so its fields take any length.
inline constexpr std::size_t any_length = std::numeric_limits<std::size_t>::max();

/// The beginning of a line that is too long for its field; the whole of it, with its name, goes into the notes.
std::string fit_line(const std::string& line, std::string_view name, std::string& notes);

/// Say at the end of the notes, to the desk and to the reporter, that they were longer than a form may be.
void note_cut(std::string& notes);

} // namespace leaks
