#include "pages/settings/own_password.hpp"

#include "actions/sign_in.hpp"

namespace pages::settings {

std::optional<std::string> check_own_password(web::Context& ctx, const std::string& password)
{
    const sign_in::SignInAttempt attempt{.address = ctx.request().remote_address,
        .username = ctx.visitor().username,
        .now = ctx.now(),
        .request_id = ctx.request_id()};
    ctx.release();
    return actions::check_own_password(ctx.site().database, attempt, password);
}

} // namespace pages::settings
