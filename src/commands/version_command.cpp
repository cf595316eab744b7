#include "commands/commands.hpp"

#include <fmt/format.h>

namespace commands {

std::string_view program_version()
{
    return GAS_VERSION;
}

int version_command()
{
    fmt::print("gas-utility {}\n", GAS_VERSION);
    return exit_ok;
}

} // namespace commands
