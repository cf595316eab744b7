#include "pages/desk/emergencies/emergency_page.hpp"

#include "actions/emergencies/give_back_emergency.hpp"
#include "actions/emergencies/resolve_false_alarms.hpp"
#include "actions/emergencies/take_emergency.hpp"
#include "actions/emergencies/take_over_emergency.hpp"
#include "actions/emergencies/withdraw_link.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "desk/false_alarm.html.hpp"
#include "desk/taken.html.hpp"
#include "pages/desk/emergencies/false_alarm_view.hpp"
#include "pages/desk/requests/list_place.hpp"
#include "pages/desk/requests/request_forms.hpp"
#include "pages/desk/views.hpp"
#include "pages/shared/comment_form.hpp"
#include "pages/shared/urls.hpp"
#include "queue/folds.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/form.hpp"
#include "web/local_path.hpp"

#include <fmt/format.h>

#include <utility>

namespace pages::desk {

namespace {

using service_requests::Taking;

std::string_view flash_of(Taking taking)
{
    switch (taking) {
    case Taking::TakenOver:
        return "taken-over";
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

http::Response show_board(web::Context& ctx, ServiceRequestId id, TakenView view)
{
    const shared::Source source{ctx.db(), ctx.dates()};
    const auto request = service_requests::get_service_request(ctx.db(), ctx.visitor(), id);
    view.address = request.address;
    view.emergency = shared::emergency_strip(source, request);
    view.board = shared::alarm_board(source, queue::count_emergencies(ctx.db()));
    return ctx.render_fragment([&](web::Html& out) { views::desk::taken(out, view); });
}

/// The page whose text the button's form carried; zero when there was none.
ServiceRequestId written_for(const web::Context& ctx)
{
    return ServiceRequestId{base::parse_integer(ctx.request().form_value("written_for").value_or("")).value_or(0)};
}

/// Keep what was typed on a page whose button, without scripts, sent its form for something else.
void keep_typed(db::Transaction& tx, const web::Context& ctx)
{
    const ServiceRequestId page = written_for(ctx);
    if (!page || ctx.wants_fragment())
        return;
    web::Fields typed;
    for (const std::string_view field : {"text", "visibility", "finding", "reason"})
        typed.emplace_back(field, ctx.request().form_value(field).value_or(""));
    if (base::trim(web::field_of(typed, "text")).empty() && base::trim(web::field_of(typed, "reason")).empty())
        return;
    web::save_draft(tx, ctx.visitor().user_id, urls::desk_reply(page), typed, ctx.now());
}

/// Where a button of the bar or the strip was pressed.
std::string page_of_button(const web::Context& ctx)
{
    if (const ServiceRequestId page = written_for(ctx))
        return request_url(ctx, page);
    return web::local_path(ctx.request().form_value("next").value_or(urls::desk()));
}

/// What the page of the button showed: "I have all 7" takes no eighth one.
actions::TakeEmergency read_taking(const web::Context& ctx)
{
    return {.id = ctx.id<ServiceRequestId>("id"), .shown = ctx.request().form_value("position").value_or("")};
}

http::Response answer_taking(web::Context& ctx, ServiceRequestId id, const service_requests::TakingResult& result)
{
    const Taking taking = result.taking;
    if (ctx.wants_fragment()) {
        TakenView view{.taking = taking, .address = {}, .emergency = {}, .board = {}};
        view.left = std::ssize(result.left);
        if (view.left > 0)
            view.left_address =
                service_requests::get_service_request(ctx.db(), ctx.visitor(), result.left.front()).address;
        return show_board(ctx, id, std::move(view));
    }
    ctx.flash(result.left.empty() ? std::string(flash_of(taking)) : fmt::format("taken-but.{}", result.left.size()));
    const bool has_it = taking != Taking::AlreadyTaken && taking != Taking::Over;
    return http::redirect(has_it ? page_of_button(ctx) : urls::desk_request(id));
}

/// Throws base::BadRequest for a form without the newest report that its page showed. What is not answered is in
/// `errors`.
actions::ResolveFalseAlarms read_false_alarms(web::Context& ctx, ServiceRequestId first, web::FormErrors& errors)
{
    actions::ResolveFalseAlarms input{
        .fold = {.first = first, .newest = ServiceRequestId{web::required_number(ctx.request(), "newest")}}, .end = {}};
    input.seen = shared::read_seen(ctx.request());
    for (const auto& [name, value] : ctx.request().form) {
        const auto id = name == "shown" ? base::parse_integer(value) : std::nullopt;
        if (id && input.shown.size() <= queue::most_listed_in_fold)
            input.shown.emplace_back(*id);
    }
    if (auto end = read_end(ctx.request(), errors))
        input.end = *std::move(end);
    return input;
}

/// The question; again after it was refused.
http::Response show_false_alarms(web::Context& ctx, ServiceRequestId id, const RefusedFalseAlarms& refused)
{
    const auto request = service_requests::get_service_request(ctx.db(), ctx.visitor(), id);
    const bool is_open = request.is_emergency && request.status == service_requests::Status::Pending;
    const auto fold = is_open ? queue::list_fold(ctx.db(), request.id) : queue::FoldList{};
    if (fold.total < 2 && !refused.errors.empty())
        throw base::BadRequest(refused.errors.of(refused.errors.of("reason").empty() ? "finding" : "reason"));
    if (fold.total < 2 && (refused.held.empty() || !is_open))
        return http::redirect(urls::desk_request(request.id));
    const FalseAlarmView view = false_alarm_view(ctx, request, fold, refused);
    auto status = http::Status::Ok;
    if (!refused.held.empty() || refused.unseen)
        status = http::Status::Conflict;
    else if (!refused.errors.empty())
        status = http::Status::UnprocessableContent;
    return ctx.render([&](web::Html& out) { views::desk::false_alarm(out, view); }, status);
}

std::string flash_after(const actions::ResolveFalseAlarms& input, std::size_t resolved)
{
    if (resolved == 0)
        return "false-alarm-none";
    const bool is_false = input.end.finding == actions::Finding::FalseAlarm;
    return fmt::format("{}.{}", is_false ? "false-alarms" : "reports-resolved", resolved);
}

} // namespace

http::Response take_emergency(web::Context& ctx)
{
    const actions::TakeEmergency input = read_taking(ctx);
    const auto result = ctx.write([&](db::Transaction& tx) {
        keep_typed(tx, ctx);
        return actions::take_emergency(tx, ctx.act(), input);
    });
    return answer_taking(ctx, input.id, result);
}

http::Response take_over_emergency(web::Context& ctx)
{
    const actions::TakeEmergency input = read_taking(ctx);
    const UserId from{base::parse_integer(ctx.request().form_value("from").value_or("")).value_or(0)};
    const auto result = ctx.write([&](db::Transaction& tx) {
        keep_typed(tx, ctx);
        return actions::take_over_emergency(tx, ctx.act(), input, from);
    });
    return answer_taking(ctx, input.id, result);
}

http::Response give_back_emergency(web::Context& ctx)
{
    const auto id = service_requests::get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id")).id;
    ctx.release();
    const bool is_done = ctx.write([&](db::Transaction& tx) {
        keep_typed(tx, ctx);
        return actions::give_back_emergency(tx, ctx.act(), id);
    });
    if (ctx.wants_fragment())
        return show_board(ctx, id,
            {.taking = Taking::Over,
                .giving = is_done ? TakenView::Giving::Done : TakenView::Giving::NotYours,
                .address = {},
                .emergency = {},
                .board = {}});
    ctx.flash(is_done ? "given-back" : "not-yours");
    return http::redirect(written_for(ctx) == id ? request_url(ctx, id) : urls::desk_request(id));
}

http::Response withdraw_link(web::Context& ctx)
{
    const auto id = service_requests::get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id")).id;
    const bool is_done = ctx.write([&](db::Transaction& tx) {
        keep_typed(tx, ctx);
        return actions::withdraw_link(tx, ctx.act(), id);
    });
    if (is_done)
        ctx.log_security({.event = "link_withdrawn", .detail = urls::desk_request(id)});
    ctx.flash(is_done ? "link-withdrawn" : "link-gone");
    return http::redirect(request_url(ctx, id));
}

http::Response ask_about_false_alarms(web::Context& ctx)
{
    return show_false_alarms(ctx, ctx.id<ServiceRequestId>("id"), {});
}

http::Response resolve_false_alarms(web::Context& ctx)
{
    const auto id = service_requests::get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id")).id;
    RefusedFalseAlarms refused;
    const actions::ResolveFalseAlarms input = read_false_alarms(ctx, id, refused.errors);
    if (!refused.errors.empty())
        return show_false_alarms(ctx, id, refused);
    auto done = ctx.write([&](db::Transaction& tx) { return actions::resolve_false_alarms(tx, ctx.act(), input); });
    refused.held = std::move(done.held);
    refused.unseen = std::move(done.unseen);
    if (!refused.held.empty() || refused.unseen)
        return show_false_alarms(ctx, id, refused);
    ctx.flash(flash_after(input, done.resolved.size()));
    return http::redirect(urls::desk_request(id));
}

} // namespace pages::desk
