#pragma once

#include "pages/desk/views.hpp"
#include "web/context.hpp"

#include <cstdint>
#include <vector>

namespace pages::desk {

/// Count the open service requests by age, in civil days of the site.
std::vector<Figure> age_figures(web::Context& ctx);
/// Count the open service requests by type.
std::vector<Figure> type_figures(web::Context& ctx);
/// The largest count, for the length of the bars; at least one.
std::int64_t largest(const std::vector<Figure>& figures);

} // namespace pages::desk
