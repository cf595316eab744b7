#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace commands {

/// True when a person can answer: standard input is a terminal.
bool can_ask();
/// Asks on the terminal and reads a line; a hidden one is not shown while typed. Nothing when the input ends.
std::optional<std::string> ask_on_terminal(std::string_view question, bool hidden);
/// True when standard output is a terminal, where progress may be redrawn.
bool shows_progress();
/// True when standard error is.
bool shows_errors_on_terminal();

} // namespace commands
