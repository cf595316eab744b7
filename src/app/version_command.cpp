#include "app/commands.hpp"

#include <fmt/format.h>

namespace app {

int version_command()
{
    fmt::print("gas-utility {}\n", GAS_VERSION);
    return exit_ok;
}

} // namespace app
