#include "app/commands.hpp"

#include "app/serve.hpp"

#include <fmt/format.h>

namespace app {

int runserver_command(const Config& config)
{
    {
        // Closed again before serving: one process, one writer, and serve() opens its own.
        const auto database = open_database(config);
        for (const std::string& name : db::migrate(*database))
            fmt::print("applied {}\n", name);
    }
    std::fflush(stdout);
    return serve(config);
}

} // namespace app
