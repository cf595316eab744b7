#include "commands/commands.hpp"

#include <fmt/format.h>

namespace commands {

int version_command()
{
    fmt::print("gas-utility {}\n", GAS_VERSION);
    return exit_ok;
}

} // namespace commands
