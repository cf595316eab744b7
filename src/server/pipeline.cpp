#include "server/pipeline.hpp"

#include "actions/sign_in.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "http/fields.hpp"
#include "pages/public/sign_in_pages.hpp"
#include "pages/settings/waiting_form.hpp"
#include "pages/shared/sign_in_attempt.hpp"
#include "pages/shared/urls.hpp"
#include "server/access_log.hpp"
#include "server/arrival/form_check.hpp"
#include "server/arrival/form_path.hpp"
#include "server/arrival/origin.hpp"
#include "server/bodies/room_for_leaks.hpp"
#include "server/error_pages.hpp"
#include "server/routes.hpp"
#include "server/static_files.hpp"
#include "server/watch/open_metrics.hpp"
#include "sign_in/known_device.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/refused.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace server {

namespace {

// So much earlier than allowed may an unused session end.
constexpr auto touch_interval = std::chrono::minutes(5);
constexpr auto public_touch_interval = std::chrono::minutes(1);

constexpr std::string_view content_policy =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types app";

bool has_header(const http::Response& response, std::string_view name)
{
    const auto is_it = [&](const auto& header) { return base::ascii_lower(header.first) == name; };
    return std::ranges::any_of(response.headers, is_it);
}

void add_security_headers(http::Response& response, bool secure)
{
    if (!has_header(response, "content-security-policy"))
        response.header("Content-Security-Policy", std::string(content_policy));
    response.header("X-Content-Type-Options", "nosniff")
        .header("X-Frame-Options", "DENY")
        .header("Referrer-Policy", "same-origin")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .header("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    if (secure)
        response.header("Strict-Transport-Security", "max-age=31536000");
}

/// True for a browser that somebody signed in with before.
bool is_known_browser(const web::Site& site, const http::Request& request, bool is_secure)
{
    const std::string name = fmt::format("{}{}", is_secure ? "__Host-" : "", pages::shared::device_cookie);
    return !sign_in::device_hash(site.form_key, request.cookie(name)).empty();
}

/// True for an answer that no cache and no Back button may show later. Who has a session may not be known where its
/// database or a lane did not answer, and the page then shows what was typed.
bool is_private(const web::Context& ctx, const http::Response& response)
{
    const bool leads_on = ctx.request().method == http::Method::Post && response.status == http::Status::SeeOther;
    return !ctx.visitor().is_guest() || !ctx.session_token().empty() || leads_on;
}

void check_body(const http::Request& request, const web::Route& route)
{
    if (request.fault == http::BodyFault::None || route.body == web::Body::Files ||
        route.token == web::FormToken::Guest || route.token == web::FormToken::Nothing)
        return;
    // The form for a caller may hold a leak, too, and says itself what is too long.
    if (route.pattern == urls::desk_call() && request.fault == http::BodyFault::TooLarge)
        return;
    if (request.fault == http::BodyFault::DiskFull)
        throw NoRoom("no room for the upload");
    if (request.fault == http::BodyFault::Malformed)
        throw base::BadRequest(base::Text("We could not read what was sent. Please go back and try again."));
    throw base::TooLarge(base::Text("That’s too long. Make it shorter."));
}

// Reading goes on while nothing can be written: the session only looks older than it is.
void touch_session(web::Context& ctx, const std::string& hash)
{
    try {
        ctx.write([&](db::Transaction& tx) { actions::keep_session(tx, hash, ctx.now()); });
    } catch (const base::Unavailable& error) {
        base::log::warning(fmt::format("session not touched: {}", error.what()));
    }
}

// A leak report waits for nothing, not even for a new password or a second factor.
bool is_open_before(const web::Route& route, const std::string& first)
{
    return route.pattern.starts_with(first) || route.pattern == urls::sign_out() ||
           route.pattern.starts_with(urls::emergency()) ||
           (route.method == http::Method::Post && route.token != web::FormToken::Session);
}

/// A new password or a second factor is due: what the form carried waits until that is done. Nothing when this route is
/// open all the same.
std::optional<http::Response> ask_first(
    web::Context& ctx, const web::Route& route, const web::Router& router, Sender sender)
{
    const bool is_for_password = ctx.must_change_password();
    if (!is_for_password && !ctx.must_add_factor())
        return std::nullopt;
    if (is_open_before(route, is_for_password ? urls::password() : urls::security()))
        return std::nullopt;
    if (auto taken = take_refused_leak(ctx, sender))
        return taken;
    const std::string page = form_path(router, ctx.request().path);
    return is_for_password ? pages::settings::ask_for_new_password(ctx, page)
                           : pages::settings::ask_for_second_factor(ctx, page);
}

/// Where staff find what a customer's page is about.
std::string desk_page_for(const web::Context& ctx, const web::Route& route)
{
    if (route.pattern == urls::new_request())
        return urls::desk_call();
    const auto id = base::parse_integer(ctx.path_value("id"));
    return id ? urls::desk_request(ServiceRequestId{*id}) : urls::desk();
}

} // namespace

Pipeline::Pipeline(Services& services, const web::Router& router, Lanes& lanes)
    : services_(services),
      router_(router),
      lanes_(lanes),
      forwarding_notes_(services.site.clock),
      metrics_(router.routes()),
      gate_(services, router)
{
    services_.monitoring.counts = [this](OpenMetrics& out) {
        metrics_.write(out);
        write_lanes(out, lanes_);
    };
}

http::BodyPlan Pipeline::plan_body(const http::Request& head, std::uint64_t length)
{
    return gate_.plan(head, length);
}

http::BodyPlan Pipeline::ask_about_body(const http::BodyQuestion& question, http::BodyPlan plan)
{
    return gate_.ask(question, std::move(plan));
}

bool Pipeline::run_question(std::function<void()> work)
{
    Job job(std::move(work));
    return lanes_.of(web::Lane::Read).post(job);
}

bool Pipeline::run_heavy(std::function<void()> work)
{
    Job job(std::move(work));
    return lanes_.of(web::Lane::Heavy).post(job);
}

http::Response Pipeline::plain_error(http::Status status, std::string_view /*text*/)
{
    http::Response response;
    metrics_.note_unread(status);
    response.status = status;
    response.body = bare_page(services_.site, status);
    response.header("Cache-Control", "no-store");
    // Nothing is known of the request, not even its scheme.
    add_security_headers(response, web::is_secure({}, services_.site.secure_cookies));
    return response;
}

void Pipeline::served(const http::Served& exchange)
{
    write_access(exchange, router_);
}

void Pipeline::refused(const http::Refused& client)
{
    metrics_.note_refused(client.limit);
    refusals_.note(client);
}

void Pipeline::handle(http::Request request, http::Responder respond)
{
    const auto begun = Metrics::SteadyClock::now();
    if (request.path.starts_with(static_prefix)) {
        respond(answer(std::move(request), begun));
        return;
    }
    const auto match = router_.find(request.method, request.path);
    web::Lane lane = match ? match->route->lane : web::Lane::Read;
    const bool is_secure = web::is_secure(request, services_.site.secure_cookies);
    const bool has_session = !request.cookie(is_secure ? "__Host-gu_session" : "gu_session").empty();
    if (lane == web::Lane::Inline && !has_session)
        return respond(answer(std::move(request), begun));
    if (lane == web::Lane::Inline)
        lane = match->route->pattern.starts_with(urls::emergency()) ? web::Lane::Emergency : web::Lane::Read;
    if (lane == web::Lane::Password && match->route->access == web::Access::Public &&
        !is_known_browser(services_.site, request, is_secure))
        lane = web::Lane::Guess;
    struct Work
    {
        Pipeline* pipeline;
        http::Request request;
        http::Responder respond;
        Metrics::SteadyClock::time_point begun;
        void operator()() { respond(pipeline->answer(std::move(request), begun)); }
    };
    auto work = std::make_shared<Work>(Work{this, std::move(request), std::move(respond), begun});
    Job job([work] { (*work)(); });
    if (lanes_.of(lane).post(job))
        return;
    metrics_.note_refused(lane, match ? match->route : nullptr);
    web::Context ctx(services_.site, std::move(work->request));
    const base::log::RequestScope scope(ctx.request_id());
    work->respond(finish(ctx, status_page(ctx, http::Status::ServiceUnavailable)));
}

http::Response Pipeline::answer(http::Request request, Metrics::SteadyClock::time_point begun)
{
    if (request.path.starts_with(static_prefix)) {
        http::Response response = answer_static(request);
        metrics_.note_static(response.status, begun);
        return response;
    }
    web::Context ctx(services_.site, std::move(request));
    const base::log::RequestScope scope(ctx.request_id());
    forwarding_notes_.note(ctx.request());
    const web::Route* route = nullptr;
    http::Response response =
        finish(ctx, is_unknown_sender_refused(ctx.request()) ? unknown_sender_page(ctx) : answer_page(ctx, route));
    metrics_.note_answer(route, response.status, begun);
    return response;
}

http::Response Pipeline::answer_page(web::Context& ctx, const web::Route*& route)
{
    const http::Request& asked = ctx.request();
    const auto match = router_.find(asked.method, asked.path);
    if (match) {
        route = match->route;
        return run(ctx, *match);
    }
    find_reader(ctx);
    if (const std::string allowed = router_.allowed_methods(asked.path); !allowed.empty()) {
        // A restored tab, or the address of a form typed again: the page that has the form.
        const std::string page = form_path(router_, asked.path);
        const bool is_read = asked.method == http::Method::Get || asked.method == http::Method::Head;
        if (is_read && page != urls::front())
            return http::redirect(page);
        http::Response response = status_page(ctx, http::Status::MethodNotAllowed);
        response.header("Allow", allowed);
        return response;
    }
    if (asked.method != http::Method::Post && router_.find(asked.method, asked.path + "/")) {
        const auto query = asked.target.find('?');
        return http::redirect(
            asked.target.substr(0, query) + "/" + (query == std::string::npos ? "" : asked.target.substr(query)));
    }
    return status_page(ctx, http::Status::NotFound);
}

http::Response Pipeline::answer_static(const http::Request& request) const
{
    http::Response response = static_file(request);
    add_security_headers(response, web::is_secure(request, services_.site.secure_cookies));
    return response;
}

http::Response Pipeline::run(web::Context& ctx, const web::Match& match)
{
    const auto answer = [&] {
        try {
            ctx.set_path_values(match.values);
            find_session(ctx);
            return enter(ctx, match);
        } catch (...) {
            return error_page(ctx, std::current_exception());
        }
    };
    if (ctx.request().method != http::Method::Post) {
        http::Response page = answer();
        // Like the form of the sign-in, it leads to a "next".
        if (match.route->pattern == urls::provider_return())
            lead_to_a_page(page, router_);
        return page;
    }
    const std::string form = form_path(router_, ctx.request().path);
    http::Response response = answer();
    if (response.status == http::Status::SeeOther) {
        lead_to_a_page(response, router_);
        web::forget_refused(ctx, form);
    }
    return web::redirect_to_refused(ctx, std::move(response), form);
}

http::Response Pipeline::enter(web::Context& ctx, const web::Match& match)
{
    const web::Route& route = *match.route;
    const bool is_post = ctx.request().method == http::Method::Post;
    const Sender sender = sender_of(ctx.request(), services_.trusted_origins);
    try {
        check_form(ctx, route, sender);
    } catch (const std::exception&) {
        if (auto taken = take_refused_leak(ctx, sender))
            return std::move(*taken);
        throw;
    }
    const base::Visitor& visitor = ctx.visitor();
    if (route.access != web::Access::Public && visitor.is_guest()) {
        return is_post ? pages::public_::ask_to_sign_in_again(
                             ctx, services_.self_service, typist_of(ctx), form_path(router_, ctx.request().path))
                       : http::redirect(urls::sign_in_before(ctx.request().target));
    }
    // Before anything that leads elsewhere: what was refused has no other place to say so.
    if (auto refused = is_post ? std::nullopt : web::find_refused(ctx))
        return std::move(*refused);
    if (route.access == web::Access::Customer && visitor.is_staff())
        return http::redirect(desk_page_for(ctx, route));
    if (route.access != web::Access::Public && visitor.role < least_role(route.access))
        throw base::Forbidden("role too low");
    check_body(ctx.request(), route);
    if (is_post) {
        leave_room_for_leaks(ctx, route, services_.free_space);
        keep_to_quota(ctx, route, services_.quota);
    }
    if (auto first = ask_first(ctx, route, router_, sender))
        return std::move(*first);
    // The leak report has a page of its own for this, with whom to call.
    if (is_post && route.lane == web::Lane::Write && services_.site.database.is_damaged())
        throw db::Damaged("the database is damaged; nothing is written to it any more");
    return route.handler(ctx);
}

// Nobody waits for a page that does not exist: without a database it has the frame of a guest's.
void Pipeline::find_reader(web::Context& ctx)
{
    try {
        find_session(ctx);
    } catch (const std::exception& error) {
        base::log::warning(fmt::format("no session: {}", error.what()));
    }
}

void Pipeline::find_session(web::Context& ctx)
{
    const std::string_view token = ctx.session_token();
    if (token.empty())
        return;
    std::string hash = sign_in::session_hash(token);
    const auto session = sign_in::find_session(ctx.db(), hash, ctx.now(), services_.session_rules);
    if (!session)
        return;
    const auto interval = session->is_public ? public_touch_interval : touch_interval;
    if (ctx.now() - session->last_seen_at > interval && ctx.request().is_seen())
        touch_session(ctx, hash);
    ctx.set_session(session->visitor, std::move(hash));
    ctx.set_public_computer(session->is_public);
    ctx.choose_language(session->language, web::LanguageBy::User);
    ctx.set_must_change_password(session->must_change_password);
    const auto& least = services_.site.rules.second_factor_from;
    ctx.set_must_add_factor(!session->has_second_factor && least && session->visitor.is_at_least(*least));
    ctx.set_proved_at(session->proved_at);
}

http::Response Pipeline::finish(web::Context& ctx, http::Response response) const
{
    ctx.send_flash(response);
    for (std::string& cookie : ctx.set_cookies())
        response.header("Set-Cookie", std::move(cookie));
    if (!has_header(response, "cache-control"))
        response.header("Cache-Control", is_private(ctx, response) ? "no-store" : "no-cache");
    add_security_headers(response, ctx.is_secure());
    if (services_.access_log)
        response.note = access_note(ctx);
    return response;
}

} // namespace server
