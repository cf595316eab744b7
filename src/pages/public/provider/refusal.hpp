#pragma once

#include "oidc/provider.hpp"
#include "oidc/refused.hpp"
#include "web/context.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace pages::public_ {

/// What a visitor reads when the sign-in at the provider comes to nothing. It tells what to do, and nothing by which
/// somebody could guess.
enum class ProviderRefusal : std::uint8_t
{
    /// The provider does not answer.
    Unavailable,
    /// It took too long, was used before, or began in another browser.
    Over,
    /// The person did not let us know.
    Canceled,
    /// The answer cannot be trusted.
    Untrusted,
    NoRole,
    Inactive,
    LastAdministrator
};

/// templates/public/provider_refused.html
struct ProviderRefusedView
{
    web::Page page;
    base::Text title;
    base::Text text;
    /// What the button says and where it leads.
    base::Text label;
    std::string again;
    /// For whoever helps.
    std::string request_id;
};

/// "Sign in with your work account".
base::Text sign_in_label(const oidc::Provider& provider);

struct RefusedSignIn
{
    ProviderRefusal refusal;
    /// A word of docs/operations.md for the security log.
    std::string_view reason;
    /// Whose sign-in it is; zero when not known.
    UserId about = {};
    /// Where the visitor was going.
    std::string next = "/";
    UserId typist = {};
};
/// Log it and show its page: 403, or 503 when the provider does not answer.
http::Response refuse_provider(web::Context& ctx, const oidc::Provider& provider, const RefusedSignIn& refused);
/// What the page says about what oidc/ refused.
ProviderRefusal refusal_of(oidc::Reason reason);

} // namespace pages::public_
