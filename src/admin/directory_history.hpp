#pragma once

#include "admin/views.hpp"
#include "events/event.hpp"
#include "web/context.hpp"

#include <cstdint>
#include <vector>

namespace admin {

/// The history of a user or an account in the staff's words, newest first.
std::vector<HistoryLine> directory_history(web::Context& ctx, events::Subject subject, std::int64_t id);

/// After a clash: "The saved version has: …", empty values left out.
std::string saved_version(const std::vector<std::string>& values);

} // namespace admin
