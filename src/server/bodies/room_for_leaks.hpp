#pragma once

#include "base/error.hpp"
#include "server/bodies/free_space.hpp"
#include "web/context.hpp"
#include "web/router.hpp"

namespace server {

/// The disk is full, and until somebody makes room it stays so. Becomes 503 that says whom to call.
struct NoRoom : base::Unavailable
{
    using base::Unavailable::Unavailable;
};

/// True for a form that reports a gas leak.
bool is_leak_report(web::Context& ctx, const web::Route& route);
/// Throw NoRoom for a form that may not take from the last free space, which is for leak reports and for the
/// staff who answer them. Signing in and out goes on, too.
void leave_room_for_leaks(web::Context& ctx, const web::Route& route, const FreeSpace& space);

} // namespace server
