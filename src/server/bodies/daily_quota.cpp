#include "server/bodies/daily_quota.hpp"

#include "actions/rights.hpp"
#include "attachments/sent.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "pages/shared/urls.hpp"
#include "server/bodies/room_for_leaks.hpp"
#include "service_requests/of_owner.hpp"

#include <chrono>

namespace server {

namespace {

constexpr auto day = std::chrono::hours(24);

/// The form is about a service request that exists and is an emergency.
bool is_on_emergency(web::Context& ctx)
{
    const auto id = base::parse_integer(ctx.path_value("id"));
    return id && service_requests::is_emergency(ctx.db(), ServiceRequestId{*id});
}

std::int64_t bytes_of(const http::Request& request)
{
    std::int64_t bytes = 0;
    for (const http::UploadedFile& file : request.files)
        bytes += static_cast<std::int64_t>(file.size);
    return bytes;
}

void count_bytes(web::Context& ctx, const DailyQuota& quota)
{
    const std::int64_t sent = bytes_of(ctx.request());
    if (quota.upload_bytes == 0 || sent == 0)
        return;
    const std::int64_t before =
        attachments::bytes_sent_since(ctx.db(), ctx.visitor().user_id, base::Time(ctx.now() - day));
    if (before + sent <= quota.upload_bytes)
        return;
    throw base::TooManyAttempts(
        base::Text("Files of one customer can have {size} MB within 24 hours, and this was not sent. Send the text "
                   "without files now, and the files tomorrow.",
            {{"size", quota.upload_bytes >> 20U}}),
        static_cast<int>(std::chrono::seconds(day).count()));
}

} // namespace

void keep_to_quota(web::Context& ctx, const web::Route& route, const DailyQuota& quota)
{
    const bool is_new = route.pattern == urls::new_request();
    const bool counts = is_new || !ctx.request().files.empty();
    if (!counts || ctx.visitor().is_guest() || ctx.visitor().is_staff() || is_leak_report(ctx, route) ||
        is_on_emergency(ctx))
        return;
    if (is_new)
        actions::require_room_for_request(ctx.db(), ctx.act(), ctx.site().rules.requests_a_day);
    count_bytes(ctx, quota);
}

} // namespace server
