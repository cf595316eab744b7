#pragma once

#include "attachments/survey.hpp"
#include "db/database.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace attachments {

/// Nobody's row names a file so young yet when its transaction is under way.
inline constexpr base::Time::duration youngest_swept = std::chrono::hours(1);
/// An upload's parts are removed when nothing was written to them for so long: several times what the slowest upload
/// takes (http::longest_body), so that only those of a killed process are. Those that are being written stay whatever
/// the clock says, because their writer holds a lock.
inline constexpr base::Time::duration oldest_upload = std::chrono::hours(24);
/// How many days a swept file can be had back.
inline constexpr int days_in_trash = 30;
/// A process that may share the store with others looks on for so long before it sweeps: longer than two of its sweeps
/// are apart, so that another site's process which is at home there has left its mark meanwhile.
inline constexpr base::Time::duration looking_on = std::chrono::minutes(15);

/// Whether other processes may use the store.
enum class StoreUse : std::uint8_t
{
    Alone,
    Shared
};

/// Moves files that no row names into the trash, but never those that rows of another database may name: a restored
/// older one knows nothing of the newer files. Used by one thread.
class Sweeper
{
  public:
    Sweeper(db::Database& database, storage::Store& store, StoreUse use, base::Time started)
        : database_(database), store_(store), use_(use), started_(started)
    {}

    /// Empties the trash of what is old enough, brings back from it what rows name, removes stale uploads, and sweeps
    /// when there is nothing against it; what is against it is logged. `snapshot` may be older than `now` by less than
    /// an hour. Returns what was done, in words.
    std::string sweep(db::Connection& snapshot, base::Time now);
    /// When the site is served: copies of the database from before are known as older from now on.
    void begin();
    /// Before the process ends: a copy of the database from before this moment is known from now on to be older.
    void leave(base::Time now);

  private:
    bool is_looking_on(base::Time now) const;
    std::string sweep_kept_files(db::Connection& snapshot, base::Time now);
    void stop_the_other();

    db::Database& database_;
    storage::Store& store_;
    StoreUse use_;
    base::Time started_;
};

/// How many of so many files are swept at once: what is more looks like a mistake.
std::size_t most_swept_at_once(std::size_t files);
/// Only those that are old enough for the sweep.
std::vector<storage::KeptFile> old_enough(std::vector<storage::KeptFile> files, base::Time now);
/// What is against sweeping these files and what to do, in plain words; nothing when they can go.
std::optional<std::string> objection(
    db::Database& database, const storage::Store& store, const Survey& found, base::Time now);
/// Moves them into the trash and logs each by name; returns how many there were.
std::size_t move_to_trash(storage::Store& store, const std::vector<storage::KeptFile>& files, base::Time now);
/// False when another database, or a newer state of this one, swept or served the store last.
bool is_newest(db::Database& database, const storage::Store& store);
/// Says that the files come from a backup: no database is the site's beside them until one takes them over.
void mark_restored(storage::Store& store);
/// True until then.
bool is_restored(const storage::Store& store);
/// Says that the store is this database's to sweep, whoever did it before.
void take_over(db::Database& database, storage::Store& store, base::Time now);

} // namespace attachments
