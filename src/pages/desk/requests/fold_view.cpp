#include "pages/desk/requests/fold_view.hpp"

#include "base/reference.hpp"
#include "queue/folds.hpp"

namespace pages::desk {

using service_requests::ServiceRequest;

std::optional<FoldView> fold_view(
    web::Context& ctx, const ServiceRequest& request, const shared::EmergencyStrip& emergency)
{
    if (!emergency.is_open || (!emergency.folded_into && emergency.folded == 0))
        return std::nullopt;
    FoldView view;
    view.first = emergency.folded_into ? emergency.folded_into : request.id;
    view.first_reference = base::reference(view.first);
    const queue::FoldList fold = queue::list_fold(ctx.db(), view.first);
    view.sender = fold.sender;
    view.total = fold.total;
    view.newest = fold.folded.empty() ? request.id : fold.folded.front().id;
    for (const ServiceRequest& other : fold.folded)
        view.rows.push_back({.id = other.id,
            .reference = base::reference(other.id),
            .address = other.address,
            .when = ctx.dates().friendly(other.submitted_at),
            .when_exact = ctx.dates().exact(other.submitted_at),
            .is_elsewhere = other.address_key != request.address_key});
    return view;
}

} // namespace pages::desk
