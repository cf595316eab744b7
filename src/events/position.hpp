#pragma once

#include "events/event.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace events {

/// Who missed more than this begins anew instead of being told one by one.
inline constexpr std::size_t most_new_events = 1000;

/// How far the history is heard at this connection's snapshot, as text for addresses and streams. On SQLite that is the
/// newest event's id. On PostgreSQL events become visible in another order than their ids were given, so it is the
/// snapshot itself and the server's start, "xmin:xmax:running,running:seconds": what it does not show is still to be
/// told, however late it comes.
std::string position_now(db::Connection& db);

/// The events that are visible at `to` (this connection's position_now()) and were not at `from`, by id. Nothing when
/// they are more than most_new_events, or when `from`, which may be any text that a browser sent, is no earlier
/// position of this database (it is nonsense, or the site was moved or restored). Of `from` only numbers reach the
/// database.
std::optional<std::vector<Event>> list_new_events(db::Connection& db, std::string_view from, std::string_view to);

/// On PostgreSQL: gives events that were restored from another server's dump a transaction of this server, as theirs
/// means nothing here. Does nothing else and is cheap.
void adopt_restored_events(db::Transaction& tx);

} // namespace events
