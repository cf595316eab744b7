#include "pages/desk/requests/overtaken.hpp"

#include "events/event.hpp"

#include <algorithm>

namespace pages::desk {

namespace {

using service_requests::ServiceRequest;
using service_requests::Status;

constexpr std::string_view parameter = "wanted";

std::optional<events::Event> last_change(web::Context& ctx, ServiceRequestId id)
{
    const auto history = events::list_status_events(ctx.db(), id, base::Visibility::Public);
    const auto last = std::find_if(history.rbegin(), history.rend(), [](const events::Event& event) {
        return event.kind == events::Kind::Resolved || event.kind == events::Kind::Reopened;
    });
    return last == history.rend() ? std::nullopt : std::optional(*last);
}

/// In another tab: this page did not know.
base::Text own_sentence(bool is_resolved, bool is_wanted, const std::string& when)
{
    if (is_resolved)
        return is_wanted ? base::Text("You already resolved this request in another tab ({when})", {{"when", when}})
                         : base::Text("You resolved this request in another tab ({when})", {{"when", when}});
    return is_wanted ? base::Text("You already reopened this request in another tab ({when})", {{"when", when}})
                     : base::Text("You reopened this request in another tab ({when})", {{"when", when}});
}

base::Text sentence(bool is_resolved, bool is_wanted, const base::Text& who, const std::string& when)
{
    if (is_resolved)
        return is_wanted ? base::Text("{who} already resolved this request ({when})", {{"who", who}, {"when", when}})
                         : base::Text("{who} resolved this request ({when})", {{"who", who}, {"when", when}});
    return is_wanted ? base::Text("{who} already reopened this request ({when})", {{"who", who}, {"when", when}})
                     : base::Text("{who} reopened this request ({when})", {{"who", who}, {"when", when}});
}

} // namespace

std::string overtaken_query(Status wanted)
{
    return "?" + std::string(parameter) + "=" + std::string(service_requests::status_name(wanted));
}

std::optional<Overtaken> find_overtaken(web::Context& ctx, const ServiceRequest& request)
{
    const auto wanted = service_requests::parse_status(ctx.request().query_value(parameter).value_or(""));
    const auto change = wanted ? last_change(ctx, request.id) : std::nullopt;
    if (!change)
        return std::nullopt;
    const bool is_resolved = request.status == Status::Resolved;
    const std::string when = ctx.dates().friendly(change->created_at);
    Overtaken overtaken;
    overtaken.is_as_wanted = *wanted == request.status;
    overtaken.what =
        change->actor_id == ctx.visitor().user_id
            ? own_sentence(is_resolved, overtaken.is_as_wanted, when)
            : sentence(is_resolved, overtaken.is_as_wanted, shared::history_line(ctx.dates(), *change).who, when);
    return overtaken;
}

} // namespace pages::desk
