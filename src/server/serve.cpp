#include "server/serve.hpp"

#include "base/log.hpp"
#include "http/server/server.hpp"
#include "pages/shared/urls.hpp"
#include "server/error_pages.hpp"
#include "server/house.hpp"
#include "server/opening/open.hpp"
#include "server/opening/site_state.hpp"
#include "server/settings/settings.hpp"
#include "server/version.hpp"
#include "server/watch/connections.hpp"
#include "server/watch/watchdog.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <functional>
#include <malloc.h>
#include <memory>
#include <mutex>
#include <pthread.h>
#include <string>
#include <sys/resource.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <vector>

namespace server {

namespace {

constexpr auto drain_time = std::chrono::seconds(10);
/// For what follows the last answer, such as emptying SQLite's log.
constexpr auto time_to_close = std::chrono::seconds(10);
constexpr auto pause_after_failure = std::chrono::seconds(60);
constexpr auto inspection_tick = std::chrono::seconds(30);

sigset_t stop_signals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signals;
}

sigset_t reload_signals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGHUP);
    return signals;
}

// A mistake in the settings must not end a server that runs.
void reload(SettingsReload& settings)
{
    try {
        base::log::info(settings.reload());
    } catch (const std::exception& error) {
        base::log::error(fmt::format("the settings were not read again, nothing changed: {}", error.what()));
    }
}

void limit_connections(http::ServerOptions& options, const Config& config)
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    const ConnectionBudget budget = affordable_connections(config, limit.rlim_cur);
    options.connections = budget.connections;
    options.parting = budget.parting;
    if (budget.connections < config.connections)
        base::log::warning(fmt::format("{} connections at once instead of {}: only {} files and connections may be "
                                       "open; raise that limit (LimitNOFILE=, ulimit -Hn)",
            budget.connections, config.connections, limit.rlim_cur));
}

http::ServerOptions server_options(const Config& config, House& house)
{
    http::ServerOptions options;
    options.address = config.address;
    options.port = config.port;
    options.io_threads = config.io_threads;
    options.connections_per_address = config.connections_per_address;
    limit_connections(options, config);
    options.allowed_hosts = config.allowed_hosts;
    options.probe_paths = {urls::health(), urls::readiness(), urls::metrics()};
    options.probe_networks = config.metrics_networks;
    options.trusted_proxies = config.trusted_proxies;
    options.tells_served = config.access_log;
    options.temporary_directory = house.services().attachments.temporary_directory();
    options.busy_page = busy_page(house.site());
    return options;
}

using SteadyClock = std::chrono::steady_clock;

// Housekeeping that is done again and again; one that failed waits longer, so that a full disk does not fill the log.
struct Task
{
    const char* name;
    std::chrono::seconds interval;
    std::function<void()> work;
    SteadyClock::time_point due{};

    void do_when_due()
    {
        if (SteadyClock::now() < due)
            return;
        auto pause = interval;
        try {
            work();
        } catch (const std::exception& error) {
            base::log::warning(fmt::format("{}: {}", name, error.what()));
            pause = std::max(pause, pause_after_failure);
        }
        due = SteadyClock::now() + pause;
    }
};

/// What the thread that keeps house works on.
struct Running
{
    House& house;
    http::Server& server;
    SettingsReload& settings;
    ServiceManager& manager;
    Watchdog& watchdog;
    std::string address;
    std::chrono::seconds drain_wait;
};

// A load balancer sees /readyz fail and sends nobody any more; those who are here are answered as before, each for the
// last time on its connection. A second signal ends the wait.
void wait_until_nobody_comes(Running& running)
{
    const std::chrono::seconds wait = running.drain_wait;
    if (wait.count() == 0)
        return;
    base::log::info(fmt::format("stopping in {} s: /readyz fails from now on", wait.count()));
    running.house.services().is_leaving = true;
    running.server.retire();
    const sigset_t signals = stop_signals();
    const timespec limit{.tv_sec = wait.count(), .tv_nsec = 0};
    sigtimedwait(&signals, nullptr, &limit);
}

void mark(House& house, void (House::*begin_or_leave)())
{
    try {
        (house.*begin_or_leave)();
    } catch (const std::exception& error) {
        // Files of the last minutes are then guarded by their times alone.
        base::log::warning(fmt::format("the attachments could not be marked: {}", error.what()));
    }
}

std::vector<Task> tasks_of(House& house)
{
    std::vector<Task> tasks;
    if (house.is_rehearsal())
        return tasks;
    tasks.push_back({"sweeping", std::chrono::minutes(10), [&house] { base::log::info(house.sweep()); }});
    tasks.push_back({"proxies for check", std::chrono::minutes(1), [&house] { house.store_undeclared_proxies(); }});
    tasks.push_back({"answering people", std::chrono::seconds(1), [&house] { house.answer_people(); }});
    tasks.push_back({"indexing", std::chrono::seconds(1), [&house] { house.index_new_requests(); }});
    return tasks;
}

void stop(Running& running)
{
    running.manager.stopping(running.drain_wait + drain_time + time_to_close);
    running.watchdog.stop_looking();
    wait_until_nobody_comes(running);
    base::log::info("stopping: requests under way are finished first");
    running.server.stop(drain_time);
    // A second signal means now.
    sigset_t again = stop_signals();
    pthread_sigmask(SIG_UNBLOCK, &again, nullptr);
    mark(running.house, &House::leave);
}

// Waits for signals and keeps house meanwhile: the one thread that does so.
void keep_house(Running& running)
{
    sigset_t signals = stop_signals();
    sigaddset(&signals, SIGHUP);
    // A terminal that is closed sends it too, and its server ends with it.
    const bool is_in_terminal = ::isatty(STDERR_FILENO) == 1;
    const timespec tick{.tv_sec = 1, .tv_nsec = 0};
    mark(running.house, &House::begin);
    running.manager.ready(running.address);
    std::vector<Task> tasks = tasks_of(running.house);
    for (;;) {
        for (Task& task : tasks)
            task.do_when_due();
        const int signal = sigtimedwait(&signals, nullptr, &tick);
        if (signal == SIGHUP && !is_in_terminal) {
            running.manager.reloading();
            reload(running.settings);
            running.manager.ready(running.address);
        } else if (signal > 0) {
            return stop(running);
        }
    }
}

// Reads all of a large database, so it has a thread of its own, which gives way to those that answer visitors.
void inspect_every_night(House& house, const base::Clock& clock, const std::stop_token& stop)
{
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), 10);
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    base::Time due = house.next_inspection();
    while (!stopped.wait_for(lock, stop, inspection_tick, [&] { return stop.stop_requested(); })) {
        if (clock.now() < due)
            continue;
        try {
            base::log::info(house.inspect([&] { return !stop.stop_requested(); }));
        } catch (const std::exception& error) {
            base::log::warning(fmt::format("nightly check: {}", error.what()));
        }
        due = house.next_inspection();
    }
}

// On PostgreSQL commands work beside the server. A rehearsal may share its data directory with the site.
std::unique_ptr<AdminSocket> listen_for_commands(const Config& config, House& house, const Administer& administer)
{
    if (house.database().engine() != db::Engine::Sqlite || house.is_rehearsal())
        return nullptr;
    try {
        return std::make_unique<AdminSocket>(admin_socket_of(config).value(),
            [&](const AdminWords& words, const GoesOn& goes_on) { return administer(house, words, goes_on); });
    } catch (const std::system_error& error) {
        // Visitors need no commands.
        base::log::warning(fmt::format("commands cannot reach this server: {}", error.what()));
        return nullptr;
    }
}

std::jthread start_inspecting(House& house, const base::Clock& clock)
{
    if (house.is_rehearsal())
        return {};
    return std::jthread([&](const std::stop_token& stop) { inspect_every_night(house, clock, stop); });
}

} // namespace

void hold_reload_signal()
{
    const sigset_t signals = reload_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

int serve(const Config& config, SettingsReload& settings, const Administer& administer)
{
    // Many threads would otherwise each keep an arena of their own, which is most of the idle memory.
    mallopt(M_ARENA_MAX, 2);
    // A page's text of 64 KiB would be given back to the kernel and fetched again for every page.
    mallopt(M_TRIM_THRESHOLD, 4 * 1024 * 1024);
    std::signal(SIGPIPE, SIG_IGN);
    const sigset_t signals = stop_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    hold_reload_signal();

    const base::SystemClock clock;
    House house(config, open_database(config), clock);
    if (config.is_rehearsal)
        begin_rehearsal(house.database(), house.services().attachments);
    else
        claim_site(house.database(), house.services().attachments);
    house.begin_mail();
    const auto listening = std::make_shared<http::Server>(server_options(config, house), house.pipeline());
    http::Server& server = *listening;
    house.services().monitoring.open_connections = [still = std::weak_ptr(listening)] {
        const auto open = still.lock();
        return open ? open->open_connections() : 0;
    };
    const std::string address = fmt::format(
        "http://{}/", endpoint_text(config.address == "127.0.0.1" ? "localhost" : config.address, server.port()));
    base::log::info(fmt::format("{}: {} with gas-utility {} (commit {}) and {}{}", config.names.name, address,
        program_version(), program_commit(), house.database().version(),
        config.is_rehearsal ? "; a rehearsal: no housekeeping, and attachments are only read" : ""));
    const auto admin = listen_for_commands(config, house, administer);
    const std::jthread inspector = start_inspecting(house, clock);
    ServiceManager manager = ServiceManager::of_environment();
    Watchdog watchdog(manager, house.database(), [&server] { return server.idle_loops(); });
    Running running{house, server, settings, manager, watchdog, address, config.drain_wait};
    std::thread keeper([&] { keep_house(running); });
    server.run();
    keeper.join();
    base::log::info("stopped");
    return 0;
}

} // namespace server
