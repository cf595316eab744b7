#include "pages/public/emergency_pages.hpp"

#include "actions/report_leak.hpp"
#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "base/reference.hpp"
#include "http/head/addresses.hpp"
#include "pages/public/views.hpp"
#include "pages/shared/presentation.hpp"
#include "public/emergency.html.hpp"
#include "public/follow.html.hpp"
#include "web/forms/submission.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pages::public_ {

using namespace service_requests;

namespace {

constexpr std::size_t least_address = 5;
constexpr std::size_t longest_line = 200;
constexpr std::size_t longest_notes = 5000;
constexpr std::size_t least_key = 22;
constexpr std::size_t token_bytes = 32;

template <std::size_t Count>
std::string answer(
    const http::Request& request, std::string_view field, const std::array<std::string_view, Count>& allowed)
{
    const std::string_view value = request.form_value(field).value_or("unknown");
    return std::string(std::find(allowed.begin(), allowed.end(), value) == allowed.end() ? "unknown" : value);
}

void read_form(web::Context& ctx, EmergencyView& view)
{
    const http::Request& request = ctx.request();
    web::FormReader reader(request, view.errors);
    view.address = reader.line("address",
        {.least = least_address, .most = longest_line, .missing = "Say where it is, so that the crew can find it."});
    view.name = reader.line("name", {.least = 0, .most = longest_line, .missing = {}});
    view.phone = reader.line("phone", {.least = 0, .most = longest_line, .missing = {}});
    view.notes = reader.text("notes", {.least = 0, .most = longest_notes, .missing = {}});
    // An unknown answer never refuses a leak report: it counts as "not sure", which is the worse case.
    view.leak.answers = {.place = answer(request, "place", leaks::leak_places),
        .strength = answer(request, "strength", leaks::leak_strengths),
        .unable_to_leave = answer(request, "unable_to_leave", leaks::leak_unable_to_leave),
        // Staff write down what different callers say.
        .sender = ctx.visitor().is_staff() ? "" : http::subscriber_of(request.remote_address)};
}

/// The private link's secret. The same submission gets the same one, so that a repeat leads to the first report.
std::string follow_token(const web::Context& ctx)
{
    const std::string_view key = ctx.request().form_value("submission").value_or("");
    if (key.size() < least_key)
        return base::random_token(token_bytes);
    const auto digest = base::sha256(fmt::format("follow {} {}", key, web::submission_fingerprint(ctx)));
    return base::base64url({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

void save(web::Context& ctx, const EmergencyView& view, std::string_view token)
{
    const actions::ReportLeak report{.address = view.address,
        .name = view.name,
        .phone = view.phone,
        .notes = view.notes,
        .answers = view.leak.answers,
        .follow_hash = base::hex(base::sha256(token))};
    web::submit_once(ctx, [&](db::Transaction& tx) { return actions::report_leak(tx, ctx.act(), report); });
}

http::Response show_again(web::Context& ctx, EmergencyView& view, http::Status status)
{
    view.submission = ctx.request().form_value("submission").value_or("");
    view.is_unavailable = status == http::Status::ServiceUnavailable;
    return ctx.render([&](web::Html& out) { views::public_::emergency(out, view); }, status);
}

} // namespace

http::Response emergency_form(web::Context& ctx)
{
    EmergencyView view;
    view.page = ctx.bare_page("Gas leak: what to do now");
    view.page.description = "Smell gas? Leave the building, then call. You can also report the leak online.";
    view.submission = web::new_submission_key();
    return ctx.render([&](web::Html& out) { views::public_::emergency(out, view); });
}

http::Response report_leak(web::Context& ctx)
{
    EmergencyView view;
    view.page = ctx.bare_page("Gas leak: what to do now");
    read_form(ctx, view);
    if (!view.errors.empty())
        return show_again(ctx, view, http::Status::UnprocessableContent);
    const std::string token = follow_token(ctx);
    try {
        save(ctx, view, token);
    } catch (const base::Unavailable& error) {
        base::log::error(fmt::format("request {} leak report: {}", ctx.request_id(), error.what()));
        return show_again(ctx, view, http::Status::ServiceUnavailable);
    }
    return http::redirect(fmt::format("/emergency/report/{}/", token));
}

http::Response follow_leak(web::Context& ctx)
{
    const auto request = get_followed_service_request(ctx.db(), ctx.path_value("token"));
    FollowView view;
    view.page = ctx.bare_page("Your gas leak report");
    view.reference = base::reference(request.id);
    view.link = ctx.request().path;
    view.address = request.address;
    view.items = timeline::list_items(ctx.db(), request, {ctx.site().zone, ctx.now(), base::Visitor{}});
    view.state = shared::state_of(ctx.site().zone, request, view.items);
    auto response = ctx.render([&](web::Html& out) { views::public_::follow(out, view); });
    response.header("Cache-Control", "no-store").header("X-Robots-Tag", "noindex");
    return response;
}

} // namespace pages::public_
