#include "app/commands.hpp"

namespace app {

int demo_command(const Config&, const DemoOptions&)
{
    throw Refused("demo is not built yet");
}

} // namespace app
