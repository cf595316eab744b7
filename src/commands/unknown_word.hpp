#pragma once

#include <string>
#include <vector>

namespace commands {

/// A command line with words that could not be read.
struct UnreadLine
{
    /// These words, in order.
    std::vector<std::string> words;
    /// What was read: "gas-utility user".
    std::string command;
    /// What may follow that: "--fast", and "list".
    std::vector<std::string> options;
    std::vector<std::string> commands;
};

/// What is wrong: the unknown command or option, with the nearest one there is. Empty when there is no such word.
std::string unknown_word(const UnreadLine& line);

} // namespace commands
