#pragma once
// Which events a page may have to be told of, as far as that is known without reading.

#include "events/event.hpp"
#include "web/live/topic.hpp"

namespace live {

/// Whether the topic shows one thing as the snapshot has it, whatever changed it and how often.
bool is_of_snapshot(web::LiveTopic::Kind kind);
/// Whether the event is of the service request itself, not of an emergency that may be at its address.
bool is_about_page(const web::LiveTopic& topic, const events::Event& event);
/// After it a customer may see less of a household's service requests, whichever those are.
bool may_end_sight(const events::Event& event);
/// Whether a page that shows the topic may change by the event.
bool concerns(const web::LiveTopic& topic, const events::Event& event);
bool is_end_of_sessions(const events::Event& event);
/// Whether notifications may come with the event.
bool may_notify(const events::Event& event);
/// Who had the emergency that somebody else took over or resolved; zero for any other event.
UserId former_owner(const events::Event& event);

} // namespace live
