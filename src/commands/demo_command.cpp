#include "commands/commands.hpp"

#include "base/crypto.hpp"
#include "commands/demo/demo.hpp"
#include "commands/terminal.hpp"
#include "sign_in/password.hpp"
#include "sign_in/password_rules.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>

namespace commands {

namespace {

constexpr const char* password_variable = "GAS_UTILITY_DEMO_PASSWORD";

struct Password
{
    std::string text;
    bool is_random = false;
};

Password choose_password()
{
    const char* given = std::getenv(password_variable);
    if (given == nullptr || *given == '\0')
        return {base::hex(base::random_bytes(6)), true};
    // For people who don't exist: as short as any password may be, also for their staff.
    if (const auto reason = sign_in::refuse_password(given, {.fewest = sign_in::PasswordLengths().with_factor}))
        throw Refused(fmt::format("{}: {}", password_variable, reason->english()));
    return {given, false};
}

/// As this program was called, because it need not be in PATH.
std::string way_to_new_password()
{
    return fmt::format("Another one, when no server runs, with the same settings:\n\n    {} demo --new-password",
        program_invocation_name);
}

void show_sign_ins(const Password& password, std::int64_t customers)
{
    fmt::print("\nSign in as mei or omar (customers), ravi (representative), sofia (supervisor), ada (administrator)");
    if (customers > 0)
        fmt::print(",\nor customer0001 to customer{:04}", customers);
    if (password.is_random)
        fmt::print(". Everybody's password:\n\n    {}\n\nIt is shown this once and stored nowhere. {}\n\n",
            password.text, way_to_new_password());
    else
        fmt::print(". Everybody's password is the one in {}.\n\n", password_variable);
}

void show_counts(const demo::Counts& counts)
{
    fmt::print("{} users, {} accounts, {} service requests ({} pending), {} comments, {} notifications, {} events, "
               "{} attachments.\n",
        counts.users, counts.accounts, counts.service_requests, counts.pending, counts.comments, counts.notifications,
        counts.events, counts.attachments);
}

int renew_passwords(const Config& config)
{
    if (server::has_no_file(config))
        throw Refused(
            fmt::format("there is no database at {}, so no made-up people; without --new-password, demo makes "
                        "both. The made-up town is elsewhere? Use the settings that it was made with",
                server::place_of_database(config)));
    const auto database = server::open_existing_database(config);
    const Password password = choose_password();
    const std::int64_t changed =
        demo::change_passwords(*database, sign_in::hash_password(password.text), base::SystemClock().now());
    if (changed == 0)
        throw Refused(fmt::format("there are no made-up people in the database {}", server::place_of_database(config)));
    fmt::print("{} made-up people have a new password.\n", changed);
    show_sign_ins(password, 0);
    return exit_ok;
}

} // namespace

int demo_command(const Config& config, const DemoOptions& options)
{
    if (options.new_password)
        return renew_passwords(config);
    const auto database = open_updated_database(config);
    const demo::Population population = demo::count_population(*database);
    if (options.when_empty && population.made_up + population.real > 0) {
        fmt::print("The database has users already; no demo data was added.\n");
        if (population.made_up > 0)
            fmt::print("Did you forget the password of the made-up people? {}\n", way_to_new_password());
        return exit_ok;
    }
    demo::refuse_unsuitable(*database, options);
    const Password password = choose_password();
    const auto store = open_claimed_store(config, *database);
    const base::Zone zone(config.time_zone);
    const bool is_terminal = shows_progress();
    demo::make_town(*database, *store,
        {.options = options,
            .password_hash = sign_in::hash_password(password.text),
            .now = base::SystemClock().now(),
            .zone = zone,
            .progress = [&](std::size_t percent) {
                if (is_terminal)
                    fmt::print("\r{} % ", percent);
                std::fflush(stdout);
            }});
    if (is_terminal)
        fmt::print("\r");
    show_counts(demo::count_rows(*database));
    show_sign_ins(password, options.customers);
    return exit_ok;
}

} // namespace commands
