#include "pages/public/provider/provider_pages.hpp"

#include "actions/people/sign_in_by_provider.hpp"
#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "pages/public/people/turns.hpp"
#include "pages/public/provider/arrival.hpp"
#include "pages/public/provider/refusal.hpp"
#include "pages/shared/urls.hpp"
#include "web/local_path.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>

namespace pages::public_ {

namespace {

/// Binds the state to the browser that left. One for all of its tabs.
constexpr std::string_view browser_cookie = "gu_provider";
constexpr std::size_t secret_bytes = 32;
constexpr std::size_t secret_characters = 43;
/// Departures of one network; an office begins its day with many.
constexpr TurnRule departure_turns = {"provider", {.size = 60, .refill = std::chrono::milliseconds(1000)}};

oidc::Provider& provider_of(const SelfService& service)
{
    if (service.provider == nullptr)
        throw base::NotFound("nobody signs in at a provider");
    return *service.provider;
}

std::string query_text(const web::Context& ctx, std::string_view name)
{
    return std::string(ctx.request().query_value(name).value_or(""));
}

/// The nonce or the PKCE verifier: made of what the database does not hold.
std::string made_of(const sign_in::WayBack& way, std::string_view purpose)
{
    const base::Sha256 code = base::hmac_sha256(way.browser, fmt::format("{}\n{}", purpose, way.state));
    return base::base64url({reinterpret_cast<const char*>(code.data()), code.size()});
}

void take_departure(web::Context& ctx)
{
    if (const auto wait = take_turn(ctx, departure_turns))
        throw base::TooManyAttempts(
            wait->text, static_cast<int>(std::chrono::ceil<std::chrono::seconds>(wait->time).count()));
}

http::Response refuse(web::Context& ctx, const oidc::Provider& provider, const oidc::Refused& refused,
    const sign_in::StartedSignIn& started)
{
    base::log::warning(fmt::format("sign-in by the provider: {}", refused.what()));
    return refuse_provider(ctx, provider,
        {.refusal = refusal_of(refused.reason),
            .reason = oidc::reason_name(refused.reason),
            .next = started.next,
            .typist = started.typist});
}

/// The provider's own refusal.
std::optional<RefusedSignIn> refusal_in_answer(const web::Context& ctx, const sign_in::StartedSignIn& started)
{
    const std::string error = query_text(ctx, "error");
    RefusedSignIn refused{
        .refusal = ProviderRefusal::Canceled, .reason = "canceled", .next = started.next, .typist = started.typist};
    if (error == "temporarily_unavailable" || error == "server_error") {
        refused.refusal = ProviderRefusal::Unavailable;
        refused.reason = oidc::reason_name(oidc::Reason::Unavailable);
    } else if (error.empty() && query_text(ctx, "code").empty()) {
        refused.refusal = ProviderRefusal::Untrusted;
        refused.reason = oidc::reason_name(oidc::Reason::Malformed);
    } else if (error.empty()) {
        return std::nullopt;
    }
    return refused;
}

/// Whoever sits in front of an unlocked screen does not get around the password.
void require_again(const sign_in::StartedSignIn& started, const oidc::Identity& identity)
{
    const bool is_new = identity.proved_at && *identity.proved_at >= started.at - oidc::clock_skew;
    if (started.is_again && !is_new)
        throw oidc::Refused(oidc::Reason::NotAgain, "the provider did not ask for the password again");
}

http::Response no_store(http::Response response)
{
    response.header("Cache-Control", "no-store");
    return response;
}

} // namespace

http::Response leave_for_provider(web::Context& ctx, const SelfService& service)
{
    oidc::Provider& provider = provider_of(service);
    const sign_in::StartedSignIn started{.next = web::local_path(query_text(ctx, "next")),
        .typist = UserId{base::parse_integer(query_text(ctx, "typist")).value_or(0)},
        .is_again = ctx.request().query_value("again").has_value(),
        .at = ctx.now()};
    if (!ctx.visitor().is_guest() && !started.is_again)
        return http::redirect(ctx.visitor().is_staff() ? urls::desk() : urls::front());
    // A browser that looks ahead does not leave.
    if (!ctx.request().is_seen())
        return http::redirect(urls::sign_in_before(started.next));
    take_departure(ctx);
    const std::string_view present = ctx.cookie(browser_cookie);
    const std::string browser =
        present.size() == secret_characters ? std::string(present) : base::random_token(secret_bytes);
    const std::string state = base::random_token(secret_bytes);
    const sign_in::WayBack way{.state = state, .browser = browser};
    ctx.release();
    try {
        std::string url = provider.departure_url({.state = state,
            .nonce = made_of(way, "nonce"),
            .verifier = made_of(way, "verifier"),
            .is_again = started.is_again});
        ctx.write([&](db::Transaction& tx) { actions::leave_for_provider(tx, way, started); });
        ctx.set_cookie(browser_cookie, browser, std::chrono::seconds(sign_in::started_for).count());
        return no_store(http::redirect(std::move(url)));
    } catch (const oidc::Refused& refused) {
        return refuse(ctx, provider, refused, started);
    }
}

http::Response return_from_provider(web::Context& ctx, const SelfService& service)
{
    oidc::Provider& provider = provider_of(service);
    const std::string state = query_text(ctx, "state");
    const sign_in::WayBack way{.state = state, .browser = ctx.cookie(browser_cookie)};
    const auto started =
        ctx.write([&](db::Transaction& tx) { return actions::return_from_provider(tx, way, ctx.now()); });
    if (!started)
        return refuse_provider(ctx, provider, {.refusal = ProviderRefusal::Over, .reason = "state"});
    if (const auto refused = refusal_in_answer(ctx, *started))
        return refuse_provider(ctx, provider, *refused);
    const std::string nonce = made_of(way, "nonce");
    const std::string verifier = made_of(way, "verifier");
    ctx.release();
    try {
        const oidc::Identity identity = provider.redeem({.code = ctx.request().query_value("code").value_or(""),
            .issuer = ctx.request().query_value("iss").value_or(""),
            .nonce = nonce,
            .verifier = verifier});
        require_again(*started, identity);
        return no_store(arrive(ctx, provider, identity, *started));
    } catch (const oidc::Refused& refused) {
        return refuse(ctx, provider, refused, *started);
    }
}

} // namespace pages::public_
