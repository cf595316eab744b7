#include "pages/desk/emergency_page.hpp"

#include "actions/emergencies/resolve_false_alarms.hpp"
#include "actions/emergencies/take_emergency.hpp"
#include "base/error.hpp"
#include "comments/comment.hpp"
#include "desk/taken.html.hpp"
#include "pages/desk/views.hpp"
#include "pages/shared/urls.hpp"
#include "web/forms/form.hpp"
#include "web/local_path.hpp"

#include <fmt/format.h>

namespace pages::desk {

namespace {

using service_requests::Taking;

std::string_view flash_of(Taking taking)
{
    switch (taking) {
    case Taking::Done:
    case Taking::AlreadyYours:
        return "taken";
    case Taking::AlreadyTaken:
        return "taken-by-other";
    case Taking::Over:
        return "taken-too-late";
    }
    return {};
}

http::Response show_taken(web::Context& ctx, ServiceRequestId id, Taking taking)
{
    const shared::Source source{ctx.db(), ctx.dates()};
    const auto request = service_requests::get_service_request(ctx.db(), ctx.visitor(), id);
    TakenView view{.taking = taking, .address = request.address, .emergency = {}, .board = {}};
    view.emergency = shared::emergency_strip(source, request);
    view.board = shared::alarm_board(source, queue::count_emergencies(ctx.db()));
    return ctx.render_fragment([&](web::Html& out) { views::desk::taken(out, view); });
}

/// Throws base::BadRequest, whose page keeps the typed reason, for one that is too long and for a form without the
/// newest report that its page showed.
actions::ResolveFalseAlarms read_false_alarms(web::Context& ctx, ServiceRequestId first)
{
    web::FormErrors errors;
    web::FormReader reader(ctx.request(), errors);
    actions::ResolveFalseAlarms input;
    input.reason = reader.line("reason", {.least = 0, .most = comments::longest_text});
    const auto newest = reader.number("newest");
    if (!newest)
        throw base::BadRequest(base::Text("This form is not complete. Open the request again and try once more."));
    if (!errors.empty())
        throw base::BadRequest(errors.of("reason"));
    input.fold = {.first = first, .newest = ServiceRequestId{*newest}};
    return input;
}

} // namespace

http::Response take_emergency(web::Context& ctx)
{
    const auto id = ctx.id<ServiceRequestId>("id");
    const Taking taking = ctx.write([&](db::Transaction& tx) { return actions::take_emergency(tx, ctx.act(), id); });
    if (ctx.wants_fragment())
        return show_taken(ctx, id, taking);
    ctx.flash(flash_of(taking));
    const bool has_it = taking == Taking::Done || taking == Taking::AlreadyYours;
    return http::redirect(
        has_it ? web::local_path(ctx.request().form_value("next").value_or(urls::desk())) : urls::desk_request(id));
}

http::Response resolve_false_alarms(web::Context& ctx)
{
    const auto id = service_requests::get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id")).id;
    const actions::ResolveFalseAlarms input = read_false_alarms(ctx, id);
    const bool is_done =
        !ctx.write([&](db::Transaction& tx) { return actions::resolve_false_alarms(tx, ctx.act(), input); }).empty();
    ctx.flash(is_done ? "false-alarm" : "unchanged");
    return http::redirect(urls::desk_request(id));
}

} // namespace pages::desk
