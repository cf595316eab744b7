#include "pages/public/provider/arrival.hpp"

#include "actions/people/sign_in_by_provider.hpp"
#include "pages/public/code_pages.hpp"
#include "pages/public/provider/refusal.hpp"
#include "pages/public/session_start.hpp"
#include "pages/shared/sign_in_attempt.hpp"
#include "sign_in/known_device.hpp"
#include "users/user.hpp"

#include <fmt/format.h>

#include <string>

namespace pages::public_ {

namespace {

using Outcome = actions::SignedInByProvider::Outcome;

actions::ProvidedUser user_of(const oidc::Settings& settings, const oidc::Identity& identity)
{
    return {.identity = {.issuer = identity.issuer, .subject = identity.subject},
        .username = identity.username,
        .first_name = identity.first_name,
        .last_name = identity.last_name,
        .verified_email = identity.verified_email,
        .role = oidc::role_of_groups(settings.groups, identity.groups),
        .may_link_by_email = settings.links_by_email};
}

actions::SignedInByProvider sign_in(
    web::Context& ctx, const actions::ProvidedUser& user, const oidc::Identity& identity, std::string_view device)
{
    // A provider that knows the browser lets in without a password: only what it says counts.
    const auto work = [&](db::Transaction& tx) {
        auto done = actions::sign_in_by_provider(tx, {.user = user,
                                                         .browser = {.user_agent = ctx.request().header("user-agent"),
                                                             .has_provider_factor = identity.has_second_factor,
                                                             .proved_at = identity.proved_at.value_or(base::Time())},
                                                         .device = device,
                                                         .factor_from = ctx.site().rules.second_factor_from,
                                                         .at = ctx.now()});
        if (!done.begun.session.empty())
            end_present_session(tx, ctx);
        return done;
    };
    try {
        return ctx.write(work);
    } catch (const db::ConstraintViolation&) {
        // The same person signed in for the first time in two tabs: now there is a user.
        return ctx.write(work);
    }
}

ProviderRefusal refusal_of(Outcome outcome)
{
    if (outcome == Outcome::Inactive)
        return ProviderRefusal::Inactive;
    return outcome == Outcome::NoRole ? ProviderRefusal::NoRole : ProviderRefusal::LastAdministrator;
}

std::string_view name_of(Outcome outcome)
{
    if (outcome == Outcome::Inactive)
        return "inactive";
    return outcome == Outcome::NoRole ? "no_role" : "last_administrator";
}

void log_changes(const web::Context& ctx, const actions::SignedInByProvider& done)
{
    if (done.is_linked)
        ctx.log_security({.event = "provider_linked", .user = done.user});
    if (done.role_before)
        ctx.log_security({.event = "role_changed",
            .about = done.user,
            .detail = fmt::format("{} to {}", base::role_name(*done.role_before), base::role_name(done.role))});
}

} // namespace

http::Response arrive(web::Context& ctx, const oidc::Provider& provider, const oidc::Identity& identity,
    const sign_in::StartedSignIn& started)
{
    const std::string device = device_cookie_of(ctx);
    const std::string device_hash = sign_in::device_hash(ctx.site().form_key, device);
    const auto done = sign_in(ctx, user_of(provider.settings(), identity), identity, device_hash);
    if (done.outcome != Outcome::Begun)
        return refuse_provider(ctx, provider,
            {.refusal = refusal_of(done.outcome),
                .reason = name_of(done.outcome),
                .about = done.user,
                .next = started.next,
                .typist = started.typist});
    log_changes(ctx, done);
    if (done.begun.session.empty()) {
        take_pending(ctx, done.begun);
        return lead_to_code(started.next, started.typist);
    }
    take_session(ctx, done.begun, done.user, device);
    return lead_on(ctx, users::get_user(ctx.db(), done.user), started.next, started.typist);
}

} // namespace pages::public_
