#include "app/serve.hpp"

#include "app/commands.hpp"
#include "app/house.hpp"
#include "base/log.hpp"
#include "http/server.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <csignal>
#include <malloc.h>
#include <pthread.h>
#include <thread>

namespace app {

namespace {

constexpr auto drain_time = std::chrono::seconds(10);
constexpr auto sweep_interval = std::chrono::minutes(10);

sigset_t stop_signals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signals;
}

http::ServerOptions server_options(const Config& config, const attachments::Store& store)
{
    http::ServerOptions options;
    options.address = config.address;
    options.port = config.port;
    options.io_threads = config.io_threads;
    options.allowed_hosts = config.allowed_hosts;
    options.trusted_proxies = config.trusted_proxies;
    options.temporary_directory = store.temporary_directory();
    return options;
}

void sweep(House& house)
{
    try {
        base::log::info(house.sweep());
    } catch (const std::exception& error) {
        base::log::warning(fmt::format("sweeping: {}", error.what()));
    }
}

// Waits for the signal to stop and sweeps meanwhile: the one thread that does housekeeping.
void keep_house(House& house, http::Server& server)
{
    const sigset_t signals = stop_signals();
    const timespec interval{.tv_sec = std::chrono::seconds(sweep_interval).count(), .tv_nsec = 0};
    sweep(house);
    for (;;) {
        const int signal = sigtimedwait(&signals, nullptr, &interval);
        if (signal < 0) {
            if (errno == EAGAIN)
                sweep(house);
            continue;
        }
        base::log::info("stopping: requests under way are finished first");
        server.stop(drain_time);
        // A second signal means now.
        sigset_t again = stop_signals();
        pthread_sigmask(SIG_UNBLOCK, &again, nullptr);
        return;
    }
}

} // namespace

int serve(const Config& config)
{
    // Many threads would otherwise each keep an arena of their own, which is most of the idle memory.
    mallopt(M_ARENA_MAX, 2);
    std::signal(SIGPIPE, SIG_IGN);
    const sigset_t signals = stop_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    const base::SystemClock clock;
    House house(config, open_database(config), clock);
    http::Server server(server_options(config, house.services().attachments), house.pipeline());
    base::log::info(fmt::format("{}: http://{}:{}/ with {}", config.names.name,
        config.address == "127.0.0.1" ? "localhost" : config.address, server.port(), house.database().version()));
    std::thread keeper([&] { keep_house(house, server); });
    server.run();
    keeper.join();
    base::log::info("stopped");
    return 0;
}

} // namespace app
