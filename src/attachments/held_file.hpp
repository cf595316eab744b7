#pragma once
// Files that arrived with a form that came back. A browser without scripts cannot send them a second time, so they wait
// here for the form, as typed text does.

#include "attachments/attachment.hpp"

#include <chrono>

namespace attachments {

/// How long a form's files wait, and how many of one user.
inline constexpr std::chrono::hours longest_held{24};
inline constexpr std::size_t most_held = 2 * most_files;

struct HeldFile
{
    std::int64_t id = 0;
    StoredFile file;
};

/// Hold files for a user's form; returns their ids, in order.
std::vector<std::int64_t> add_held_files(db::Transaction& tx, const base::Act& act, std::span<const StoredFile> files);
/// All that wait for this user, oldest first.
std::vector<HeldFile> list_held_files(db::Connection& db, UserId user);
/// Remove the oldest files beyond most_held of a user. Returns their stored names: discard them when the transaction is
/// durable.
std::vector<std::string> remove_surplus_held_files(db::Transaction& tx, UserId user);
/// Let a user's files wait no longer: the next remove_old_held_files() removes them.
void end_held_files(db::Transaction& tx, UserId user);
/// Remove what waited longer than longest_held. Returns the stored names like remove_surplus_held_files().
std::vector<std::string> remove_old_held_files(db::Transaction& tx, base::Time now);

} // namespace attachments
