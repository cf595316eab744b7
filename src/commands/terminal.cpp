#include "commands/terminal.hpp"

#include <termios.h>
#include <unistd.h>

#include <iostream>

namespace commands {

namespace {

/// Stops the terminal from showing what is typed, until destroyed.
class HiddenInput
{
  public:
    HiddenInput() : changed_(::tcgetattr(STDIN_FILENO, &before_) == 0)
    {
        if (!changed_)
            return;
        termios hidden = before_;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    HiddenInput(const HiddenInput&) = delete;
    HiddenInput& operator=(const HiddenInput&) = delete;
    ~HiddenInput()
    {
        if (!changed_)
            return;
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
        std::cout << '\n';
    }

  private:
    termios before_{};
    bool changed_;
};

} // namespace

bool can_ask()
{
    return ::isatty(STDIN_FILENO) == 1;
}

bool shows_progress()
{
    return ::isatty(STDOUT_FILENO) == 1;
}

bool shows_errors_on_terminal()
{
    return ::isatty(STDERR_FILENO) == 1;
}

std::optional<std::string> ask_on_terminal(std::string_view question, bool hidden)
{
    std::cout << question << ": " << std::flush;
    std::optional<HiddenInput> hiding;
    if (hidden)
        hiding.emplace();
    std::string line;
    if (!std::getline(std::cin, line))
        return std::nullopt;
    return line;
}

} // namespace commands
