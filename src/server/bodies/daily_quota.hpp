#pragma once

#include "web/context.hpp"
#include "web/router.hpp"

#include <cstdint>

namespace server {

/// What one customer may send within 24 hours besides the number of requests (web::SiteRules); zero: any amount.
/// Nothing that is about a gas leak is refused.
struct DailyQuota
{
    std::int64_t upload_bytes = 0;
};

/// Throw base::TooManyAttempts, in words for the customer, for a form that goes beyond the quota, before anything is
/// done for it. The verb asks about the number of requests again (actions::require_room_for_request); of bytes it keeps
/// nobody from a second form at the same moment: that is a brake, not a promise.
void keep_to_quota(web::Context& ctx, const web::Route& route, const DailyQuota& quota);

} // namespace server
