#include "server/opening/site_state.hpp"

#include "attachments/sweeper.hpp"
#include "server/opening/open.hpp"

#include <fmt/format.h>

#include <array>

namespace server {

namespace {

struct Name
{
    Unfinished unfinished;
    std::string_view name;
};
constexpr std::array names{Name{Unfinished::Copy, "copy"}, Name{Unfinished::Import, "import-django"},
    Name{Unfinished::Rehearsal, "rehearsal"}};

std::string_view name_of(Unfinished unfinished)
{
    for (const Name& name : names)
        if (name.unfinished == unfinished)
            return name.name;
    return {};
}

Unfinished parse(std::string_view text)
{
    for (const Name& name : names)
        if (name.name == text)
            return name.unfinished;
    return Unfinished::Nothing;
}

constexpr std::string_view what_to_do =
    "To look at it without touching the site: gas-utility runserver --rehearsal. If it is the site's database from now "
    "on, stop every other server of it and run once: gas-utility adopt-attachments";

std::string unfinished_words(Unfinished unfinished)
{
    if (unfinished == Unfinished::Rehearsal)
        return "a rehearsal wrote into this database (runserver --rehearsal), so it is not the site's. Restore the "
               "backup again. To keep what was typed there, without the files that were added: gas-utility "
               "adopt-attachments --yes";
    return fmt::format("{0} into this database did not complete, so a part of the site is missing. Run the same {0} "
                       "again: it continues",
        name_of(unfinished));
}

bool is_elsewhere(const SiteState& state, db::Database& database)
{
    return !state.home.empty() && state.home != database.home();
}

} // namespace

SiteState site_state(db::Database& database)
{
    return database.read()
        ->query("SELECT home, unfinished FROM site_state WHERE one = 1")
        .first([](const db::Row& row) { return SiteState{.home = row.string(0), .unfinished = parse(row.text(1))}; })
        .value_or(SiteState{});
}

void set_unfinished(db::Transaction& tx, Unfinished unfinished)
{
    tx.apply("UPDATE site_state SET unfinished = $1 WHERE one = 1", name_of(unfinished));
}

void complete_copy(db::Database& from, db::Database& to)
{
    const SiteState source = site_state(from);
    const std::string home = is_elsewhere(source, from) ? source.home : "";
    const bool is_of_rehearsal = source.unfinished == Unfinished::Rehearsal;
    to.write([&](db::Transaction& tx) {
        tx.apply("UPDATE site_state SET home = $1, unfinished = $2 WHERE one = 1", home,
            name_of(is_of_rehearsal ? Unfinished::Rehearsal : Unfinished::Nothing));
    });
}

std::optional<std::string> objection_to_serve(db::Database& database, const storage::Store* store)
{
    const SiteState state = site_state(database);
    if (state.unfinished != Unfinished::Nothing)
        return unfinished_words(state.unfinished);
    if (is_elsewhere(state, database))
        return fmt::format("this database is a copy: the site's own was at {}, and this one is at {}. {}", state.home,
            database.home(), what_to_do);
    if (store != nullptr && attachments::is_restored(*store))
        return fmt::format("this site was restored from a backup into {}. {}", store->place(), what_to_do);
    if (store != nullptr && !attachments::is_newest(database, *store))
        return fmt::format(
            "this database is an older copy: a newer state of it, or another database, used {} since. {}",
            store->place(), what_to_do);
    return std::nullopt;
}

void claim_site(db::Database& database, storage::Store& store)
{
    // Before the claim, which may mark a store that is new.
    if (const auto objection = objection_to_serve(database, nullptr))
        throw Refused(*objection);
    claim_store(database, store);
    if (const auto objection = objection_to_serve(database, &store))
        throw Refused(*objection);
    const std::string home = database.home();
    if (site_state(database).home != home)
        database.write([&](db::Transaction& tx) { tx.apply("UPDATE site_state SET home = $1 WHERE one = 1", home); });
}

void adopt(db::Database& database, storage::Store& store, base::Time now)
{
    attachments::adopt(database, store, now);
    const std::string home = database.home();
    database.write(
        [&](db::Transaction& tx) { tx.apply("UPDATE site_state SET home = $1, unfinished = '' WHERE one = 1", home); });
}

void begin_rehearsal(db::Database& database, const storage::Store& store)
{
    const SiteState state = site_state(database);
    if (state.unfinished == Unfinished::Copy || state.unfinished == Unfinished::Import)
        throw Refused(unfinished_words(state.unfinished));
    const bool is_own = state.unfinished == Unfinished::Nothing && !state.home.empty() &&
                        !is_elsewhere(state, database) && attachments::is_newest(database, store);
    if (is_own)
        throw Refused(
            "this is the site's own database, and a rehearsal writes into its database. Restore a backup into "
            "another one and name that with database_url");
    database.write([](db::Transaction& tx) { set_unfinished(tx, Unfinished::Rehearsal); });
}

} // namespace server
