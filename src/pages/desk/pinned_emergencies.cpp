#include "pages/desk/pinned_emergencies.hpp"

#include "queue/queue.hpp"

namespace pages::desk {

PinnedEmergencies pinned_emergencies(web::Context& ctx)
{
    PinnedEmergencies pinned{.rows = {}, .total = queue::count_open_emergencies(ctx.db())};
    for (const auto& request : queue::list_open_emergencies(ctx.db()))
        pinned.rows.push_back(shared::queue_row(ctx.dates(), request));
    return pinned;
}

} // namespace pages::desk
