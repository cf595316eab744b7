#include "base/time.hpp"
#include "commands/admin/administer.hpp"
#include "commands/commands.hpp"
#include "server/opening/site_state.hpp"

#include <fmt/format.h>

namespace commands {

int sweep_command(const Config& config, Consent consent)
{
    const bool is_agreed = consent == Consent::Given;
    if (const auto answer = ask_server(config, {"sweep", is_agreed ? "yes" : "no"}))
        return show(*answer);
    const auto database = open_existing_database(config);
    const auto store = open_store(config);
    const auto lock = lock_attachments(config, database->engine());
    if (const auto refusal = server::objection_to_serve(*database, nullptr))
        throw Refused(*refusal);
    server::claim_store(*database, *store);
    fmt::print("{}", sweep_files(*database, *store, consent, base::SystemClock().now()));
    return exit_ok;
}

} // namespace commands
