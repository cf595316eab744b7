#include "attachments/survey.hpp"
#include "commands/commands.hpp"
#include "server/opening/site_state.hpp"

#include <fmt/format.h>

namespace commands {

int adopt_attachments_command(const Config& config, Consent consent)
{
    const auto database = open_existing_database(config);
    const auto store = open_store(config);
    const auto lock = lock_attachments(config, database->engine());
    const attachments::Survey found = attachments::survey(*database->read(), *store);
    fmt::print("{}: {}.\n", store->place(), in_words(found));
    if (!found.unnamed.empty() && consent == Consent::Missing)
        throw Refused(
            fmt::format("{} files would belong to nothing and be swept to the trash in time. Is this the right "
                        "database? If one was lost, restore it. To adopt them all the same: gas-utility "
                        "adopt-attachments --yes",
                found.unnamed.size()));
    const auto unfinished = server::site_state(*database).unfinished;
    const bool is_of_rehearsal = unfinished == server::Unfinished::Rehearsal;
    if (unfinished != server::Unfinished::Nothing && !(is_of_rehearsal && consent == Consent::Given))
        throw Refused(server::objection_to_serve(*database, nullptr).value());
    server::adopt(*database, *store, base::SystemClock().now());
    fmt::print("The attachments of {} are now in {}.\n", db::shown_url(config.database_url), store->place());
    return exit_ok;
}

} // namespace commands
