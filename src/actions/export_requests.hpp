#pragma once

#include "base/act.hpp"
#include "db/connection.hpp"

#include <string_view>

namespace actions {

/// Record that the act's visitor exports the service requests of a filter, before the first row leaves. Throws
/// Forbidden for a visitor who is not staff now.
void export_requests(db::Transaction& tx, const base::Act& act, std::string_view filter);

} // namespace actions
