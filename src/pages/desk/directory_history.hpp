#pragma once

#include "events/event.hpp"
#include "pages/shared/request_state.hpp"
#include "web/context.hpp"

#include <cstdint>
#include <vector>

namespace pages::desk {

/// The history of a user or an account in the staff's words, newest first.
std::vector<shared::HistoryLine> directory_history(web::Context& ctx, events::Subject subject, std::int64_t id);

/// After a clash: who changed the user or the account, in another tab when it was the visitor.
base::Text who_changed(web::Context& ctx, events::Subject subject, std::int64_t id);

/// After a clash: "The saved version has: …", empty values left out.
base::Text saved_version(const std::vector<std::string>& values);

} // namespace pages::desk
