#include "commands/commands.hpp"

#include "server/serve.hpp"

#include <cstdio>
#include <sys/resource.h>

namespace commands {

namespace {

/// Most systems begin with 1,024, which is fewer than the connections the server takes.
void allow_many_descriptors()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace

int runserver_command(const Config& config)
{
    // Closed again before serving: one process, one writer, and serve() opens its own.
    open_updated_database(config).reset();
    std::fflush(stdout);
    allow_many_descriptors();
    return serve(config);
}

} // namespace commands
