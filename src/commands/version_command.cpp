#include "commands/commands.hpp"

#include "server/version.hpp"

#include <fmt/format.h>

namespace commands {

int version_command()
{
    fmt::print("gas-utility {} (commit {})\n", server::program_version(), server::program_commit());
    return exit_ok;
}

} // namespace commands
