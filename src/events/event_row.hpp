#pragma once

#include "events/event.hpp"

namespace events {

/// From id, subject, subject_id, actor_id, kind, visibility, before_value, after_value, comment_id, created_at of an
/// event and first_name, last_name, username, role of its actor.
Event event_from_row(const db::Row& row);

} // namespace events
