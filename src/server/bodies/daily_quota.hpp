#pragma once

#include "web/context.hpp"
#include "web/router.hpp"

#include <cstdint>

namespace server {

/// What one customer may send within 24 hours; zero: any amount. Nothing that is about a gas leak is refused.
struct DailyQuota
{
    std::int64_t requests = 0;
    std::int64_t upload_bytes = 0;
};

/// Throw base::TooManyAttempts, in words for the customer, for a form that goes beyond the quota. It keeps nobody from
/// a second form at the same moment: it is a brake, not a promise.
void keep_to_quota(web::Context& ctx, const web::Route& route, const DailyQuota& quota);

} // namespace server
