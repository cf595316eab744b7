#include "attachments/sweeper.hpp"
#include "commands/commands.hpp"
#include "server/opening/site_state.hpp"
#include "server/site_task.hpp"

#include <fmt/format.h>

namespace commands {

namespace {

int show(const std::vector<storage::KeptFile>& files, const std::optional<std::string>& reason)
{
    for (const storage::KeptFile& file : files)
        fmt::print("{}  {}\n", file.stored_name, base::iso_utc(file.put_at));
    if (reason)
        fmt::print("The server does not sweep: {}.\n", *reason);
    if (!files.empty())
        fmt::print(
            "Nothing was moved. Are these {} files really no longer needed? gas-utility sweep --yes moves them to "
            "the trash, which keeps them for {} days.\n",
            files.size(), attachments::days_in_trash);
    return exit_ok;
}

} // namespace

int sweep_command(const Config& config, Consent consent)
{
    const auto database = open_existing_database(config);
    const auto store = open_store(config);
    const auto lock = lock_attachments(config, database->engine());
    if (const auto refusal = server::objection_to_serve(*database, nullptr))
        throw Refused(*refusal);
    server::claim_store(*database, *store);
    const base::Time now = base::SystemClock().now();
    const db::ReadLease lease = database->read();
    if (!server::try_task(*lease, server::SiteTask::Sweeping))
        throw Refused("a node is sweeping at this moment; try again");
    const attachments::Survey found = attachments::survey(*lease, *store);
    const auto files = attachments::old_enough(found.unnamed, now);
    fmt::print(
        "{}: {}.\n{} that no row names are older than an hour.\n", store->place(), in_words(found), files.size());
    if (consent == Consent::Missing)
        return show(files, attachments::objection(*database, *store, found, now));
    attachments::take_over(*database, *store, now);
    fmt::print("{} files were moved to the trash.\n", attachments::move_to_trash(*store, files, now));
    return exit_ok;
}

} // namespace commands
