#pragma once

#include "events/event.hpp"

#include <optional>

namespace events {

/// The newest event of this kind in the history of one subject, internal ones too; nothing when there is none.
std::optional<Event> find_newest_event(db::Connection& db, Subject subject, std::int64_t subject_id, Kind kind);

/// True when the history of this subject has an event of this kind with this value after it.
bool has_event(db::Connection& db, const NewEvent& like);

} // namespace events
