#pragma once

#include "events/event.hpp"
#include "pages/shared/request_state.hpp"
#include "web/context.hpp"

#include <cstdint>
#include <vector>

namespace pages::desk {

/// The history of a user or an account in the staff's words, newest first.
std::vector<shared::HistoryLine> directory_history(web::Context& ctx, events::Subject subject, std::int64_t id);

/// After a clash: "Sofia Marchetti changed this user (9:37 PM)"; the newest change of the user or account.
base::Text changed_by(web::Context& ctx, events::Subject subject, std::int64_t id);
/// The same of a password that somebody reset: "Sofia Marchetti reset this password (9:37 PM)".
base::Text reset_by(web::Context& ctx, const events::Event& reset);
/// After a clash: "The saved version has: …", empty values left out.
base::Text saved_version(const std::vector<std::string>& values);

} // namespace pages::desk
