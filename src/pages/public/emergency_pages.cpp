#include "pages/public/emergency_pages.hpp"

#include "actions/report_leak.hpp"
#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "base/reference.hpp"
#include "base/text.hpp"
#include "pages/public/views.hpp"
#include "pages/shared/presentation.hpp"
#include "pages/shared/urls.hpp"
#include "public/emergency.html.hpp"
#include "public/follow.html.hpp"
#include "web/forms/submission.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace pages::public_ {

using namespace service_requests;

namespace {

constexpr std::size_t longest_line = 200;
constexpr std::size_t any_length = std::numeric_limits<std::size_t>::max();
constexpr std::size_t least_key = 22;
constexpr std::size_t token_bytes = 32;

template <std::size_t Count>
std::string answer(
    const http::Request& request, std::string_view field, const std::array<std::string_view, Count>& allowed)
{
    const std::string_view value = request.form_value(field).value_or("unknown");
    return std::string(std::find(allowed.begin(), allowed.end(), value) == allowed.end() ? "unknown" : value);
}

// Nothing typed refuses a leak report but a missing place: what is too long for a line goes into the notes as well.
void read_form(web::Context& ctx, EmergencyView& view)
{
    const http::Request& request = ctx.request();
    web::FormReader reader(request, view.errors);
    view.address = reader.line("address",
        {.least = 1, .most = any_length, .missing = base::MessageId("Say where it is, so that the crew can find it.")});
    view.name = reader.line("name", {.least = 0, .most = any_length});
    view.phone = reader.line("phone", {.least = 0, .most = any_length});
    view.notes = reader.text("notes", {.least = 0, .most = any_length});
    // An unknown answer never refuses a leak report: it counts as "not sure", which is the worse case.
    view.leak.answers = {.place = answer(request, "place", leaks::leak_places),
        .strength = answer(request, "strength", leaks::leak_strengths),
        .unable_to_leave = answer(request, "unable_to_leave", leaks::leak_unable_to_leave)};
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

/// The beginning of a line that is too long; the whole of it goes into the notes.
std::string shortened(const std::string& line, std::string_view name, std::string& notes)
{
    if (base::count_code_points(line) <= longest_line)
        return line;
    notes += fmt::format("{}{}: {}", notes.empty() ? "" : "\n\n", name, line);
    return std::string(base::first_code_points(line, longest_line - 1)) + "…";
}

void save(web::Context& ctx, const EmergencyView& view, std::string_view token)
{
    std::string notes = view.notes;
    const std::string address = shortened(view.address, "Address", notes);
    const std::string name = shortened(view.name, "Name", notes);
    const std::string phone = shortened(view.phone, "Phone", notes);
    const actions::ReportLeak report{.address = address,
        .name = name,
        .phone = phone,
        .notes = notes,
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
    view.page = ctx.bare_page(base::Text("Gas leak: what to do now"));
    view.page.description =
        base::Text("Smell gas? Leave the building, then call. You can also report the leak online.");
    view.submission = web::new_submission_key();
    return ctx.render([&](web::Html& out) { views::public_::emergency(out, view); });
}

http::Response report_leak(web::Context& ctx)
{
    EmergencyView view;
    view.page = ctx.bare_page(base::Text("Gas leak: what to do now"));
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
    return http::redirect(urls::leak_report(token));
}

http::Response follow_leak(web::Context& ctx)
{
    const auto request = get_followed_service_request(ctx.db(), ctx.path_value("token"));
    FollowView view;
    view.page = ctx.bare_page(base::Text("Your gas leak report"));
    view.reference = base::reference(request.id);
    view.link = ctx.request().path;
    view.address = request.address;
    view.items = timeline::list_items(ctx.db(), request, {ctx.dates(), base::Visitor{}});
    view.state = shared::state_of(ctx.dates(), request, view.items);
    auto response = ctx.render([&](web::Html& out) { views::public_::follow(out, view); });
    response.header("Cache-Control", "no-store").header("X-Robots-Tag", "noindex");
    return response;
}

} // namespace pages::public_
