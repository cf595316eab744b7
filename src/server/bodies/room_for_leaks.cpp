#include "server/bodies/room_for_leaks.hpp"

#include "pages/shared/urls.hpp"
#include "request_types/request_type.hpp"
#include "server/bodies/body_gate.hpp"

namespace server {

bool is_leak_report(web::Context& ctx, const web::Route& route)
{
    if (!takes_leak_reports(route))
        return false;
    if (route.pattern == urls::emergency())
        return true;
    const auto types = ctx.recent(request_types::list_request_types);
    const auto type = request_types::find_request_type(*types, ctx.request().form_value("request_type").value_or(""));
    return type && type->is_emergency;
}

void leave_room_for_leaks(web::Context& ctx, const web::Route& route, const FreeSpace& space)
{
    const bool goes_on = ctx.visitor().is_staff() || route.pattern.starts_with(urls::emergency()) ||
                         route.pattern == urls::sign_in() || route.pattern == urls::sign_out();
    if (goes_on || !space.is_scarce() || is_leak_report(ctx, route))
        return;
    throw NoRoom("the last free space is kept for leak reports");
}

} // namespace server
