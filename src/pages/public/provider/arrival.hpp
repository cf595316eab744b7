#pragma once

#include "oidc/provider.hpp"
#include "sign_in/provider/started_sign_in.hpp"
#include "web/context.hpp"

namespace pages::public_ {

/// Sign in whom the provider let in: 303 with a new session, or to the page for the code, or the page that says why
/// not.
http::Response arrive(web::Context& ctx, const oidc::Provider& provider, const oidc::Identity& identity,
    const sign_in::StartedSignIn& started);

} // namespace pages::public_
