#include "attachments/sweeper.hpp"

#include "base/crypto.hpp"
#include "base/log.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attachments {

namespace {

constexpr std::string_view mark_note = "sweep-mark";
/// No database has this mark.
constexpr std::string_view restored_mark = "restored";
constexpr std::size_t always_swept_at_once = 20;
constexpr std::string_view advice = "To see which, run: gas-utility sweep. If "
                                    "this is the site's right database, continue with: gas-utility sweep --yes";

struct Standing
{
    std::string mark;
    std::string mark_before;
    base::Time swept_at{};
    base::Time newest_event{};
    base::Time newest_attachment{};

    base::Time newest() const { return std::max({swept_at, newest_event, newest_attachment}); }
};

/// Inside a transaction, because on SQLite there may be one reading connection and its snapshot is older.
Standing read_standing(db::Database& database)
{
    return database.write([](db::Transaction& tx) {
        return tx
            .query(R"(
            SELECT sweep_mark, sweep_mark_before, swept_at,
                   COALESCE((SELECT created_at FROM service_event ORDER BY id DESC LIMIT 1), 0),
                   COALESCE((SELECT created_at FROM service_attachment ORDER BY id DESC LIMIT 1), 0)
              FROM service_attachment_store WHERE one = 1)")
            .first([](const db::Row& row) {
                return Standing{.mark = row.string(0),
                    .mark_before = row.string(1),
                    .swept_at = row.time(2),
                    .newest_event = row.time(3),
                    .newest_attachment = row.time(4)};
            })
            .value();
    });
}

/// A store without a mark was never swept, or is where a site's files were copied to.
bool is_swept_by_us(const Standing& standing, const std::optional<std::string>& mark)
{
    return !mark || *mark == standing.mark || *mark == standing.mark_before;
}

void remove_stale_uploads(const storage::Store& store, base::Time before)
{
    for (const auto& entry : std::filesystem::directory_iterator(store.temporary_directory())) {
        const auto changed = storage::changed_at(entry.path());
        if (changed && *changed < before && !base::is_locked(entry.path()) && base::remove_file(entry.path()))
            base::log::info(fmt::format("removed {}, left by an upload", entry.path().filename().string()));
    }
}

/// What rows name came there by another database's sweep.
void tidy_trash(db::Connection& snapshot, storage::Store& store, base::Time now)
{
    const auto files = store.list_trash();
    std::vector<std::string> names;
    for (const storage::TrashedFile& file : files)
        names.push_back(file.stored_name);
    const auto named = named_by_rows(snapshot, names);
    const std::string oldest = base::iso_utc(now - std::chrono::days(days_in_trash)).substr(0, 10);
    for (const storage::TrashedFile& file : files) {
        if (named.contains(file.stored_name)) {
            store.bring_back(file);
            base::log::warning(fmt::format("restored {} from the trash: a row names it", file.stored_name));
        } else if (file.day < oldest) {
            store.remove_from_trash(file);
            base::log::info(fmt::format("removed {} from the trash of {}", file.stored_name, file.day));
        }
    }
}

/// Told the database before the store, so that a death between both leaves the store with the mark before.
void change_mark(db::Database& database, storage::Store& store)
{
    const std::string before = store.find_note(mark_note).value_or("");
    const std::string mark = base::hex(base::random_bytes(16));
    database.write([&](db::Transaction& tx) {
        tx.apply(
            "UPDATE service_attachment_store SET sweep_mark = $1, sweep_mark_before = $2 WHERE one = 1", mark, before);
    });
    store.set_note(mark_note, mark);
}

} // namespace

std::size_t most_swept_at_once(std::size_t files)
{
    return std::max(always_swept_at_once, files / 100);
}

std::vector<storage::KeptFile> old_enough(std::vector<storage::KeptFile> files, base::Time now)
{
    std::erase_if(files, [&](const storage::KeptFile& file) { return file.put_at >= now - youngest_swept; });
    return files;
}

std::optional<std::string> objection(
    db::Database& database, const storage::Store& store, const Survey& found, base::Time now)
{
    const Standing standing = read_standing(database);
    if (!is_swept_by_us(standing, store.find_note(mark_note)))
        return fmt::format("{} was last swept by another database, or by a newer state of this one; its files may be "
                           "named there. During a rehearsal this is normal. {}",
            store.place(), advice);
    const auto old = old_enough(found.unnamed, now);
    const base::Time known = standing.newest();
    const auto is_newer = [&](const storage::KeptFile& file) { return file.put_at > known; };
    if (const auto newer = std::ranges::count_if(old, is_newer); newer > 0)
        return fmt::format("{} files in {} are newer than everything in this database, which ends {}: was an older "
                           "one restored? {}",
            newer, store.place(), base::iso_utc(known), advice);
    if (old.size() > most_swept_at_once(found.files))
        return fmt::format("{} of {} files in {} are named by no row; at most {} are swept at once. {}", old.size(),
            found.files, store.place(), most_swept_at_once(found.files), advice);
    return std::nullopt;
}

std::size_t move_to_trash(storage::Store& store, const std::vector<storage::KeptFile>& files, base::Time now)
{
    const std::string day = base::iso_utc(now).substr(0, 10);
    std::size_t moved = 0;
    for (const storage::KeptFile& file : files) {
        if (!store.move_to_trash({.stored_name = file.stored_name, .day = day}))
            continue;
        ++moved;
        base::log::info(fmt::format("moved {} to the trash: no row names it", file.stored_name));
    }
    return moved;
}

bool is_newest(db::Database& database, const storage::Store& store)
{
    // The store first: whoever changes the mark tells the database before the store, which may happen in between.
    const auto mark = store.find_note(mark_note);
    return is_swept_by_us(read_standing(database), mark);
}

void mark_restored(storage::Store& store)
{
    store.set_note(mark_note, restored_mark);
}

bool is_restored(const storage::Store& store)
{
    return store.find_note(mark_note) == restored_mark;
}

void take_over(db::Database& database, storage::Store& store, base::Time now)
{
    change_mark(database, store);
    database.write(
        [&](db::Transaction& tx) { tx.apply("UPDATE service_attachment_store SET swept_at = $1 WHERE one = 1", now); });
}

bool Sweeper::is_looking_on(base::Time now) const
{
    return use_ == StoreUse::Shared && now - started_ < looking_on;
}

std::string Sweeper::sweep(db::Connection& snapshot, base::Time now)
{
    remove_stale_uploads(store_, now - oldest_upload);
    tidy_trash(snapshot, store_, now);
    if (is_looking_on(now))
        return fmt::format("files are swept after this node has run for {} minutes",
            std::chrono::duration_cast<std::chrono::minutes>(looking_on).count());
    return sweep_kept_files(snapshot, now);
}

std::string Sweeper::sweep_kept_files(db::Connection& snapshot, base::Time now)
{
    const Survey found = survey(snapshot, store_);
    if (const auto reason = objection(database_, store_, found, now)) {
        base::log::warning("files that no row names are not swept: " + *reason);
        stop_the_other();
        return "no files were swept";
    }
    take_over(database_, store_, now);
    const std::size_t moved = move_to_trash(store_, old_enough(found.unnamed, now), now);
    return fmt::format("{} files that no row names were moved to the trash", moved);
}

// Both keep files there, so neither may sweep until somebody says whose they are. A rehearsal without uploads leaves
// the site alone.
void Sweeper::stop_the_other()
{
    const Standing standing = read_standing(database_);
    if (standing.newest_attachment >= started_ && !is_swept_by_us(standing, store_.find_note(mark_note)))
        store_.set_note(mark_note, base::hex(base::random_bytes(16)));
}

void Sweeper::begin()
{
    if (is_newest(database_, store_))
        change_mark(database_, store_);
}

void Sweeper::leave(base::Time now)
{
    if (!is_looking_on(now) && is_swept_by_us(read_standing(database_), store_.find_note(mark_note)))
        change_mark(database_, store_);
}

} // namespace attachments
