#include "pages/settings/own_password.hpp"

#include "actions/sign_in.hpp"
#include "base/error.hpp"
#include "pages/shared/sign_in_attempt.hpp"

#include <utility>

namespace pages::settings {

OwnPassword check_own_password(web::Context& ctx, const std::string& password, base::MessageId missing)
{
    OwnPassword answer;
    if (password.empty()) {
        answer.error = base::Text(missing);
        return answer;
    }
    const std::string username = ctx.visitor().username;
    ctx.release();
    try {
        const sign_in::SignInAttempt attempt = shared::begin_attempt(ctx, username);
        answer.checked_hash =
            actions::check_own_password(ctx.site().database, attempt, password).value_or(std::string());
        if (answer.checked_hash.empty())
            answer.error = base::Text("That’s not your current password.");
    } catch (const base::TooManyAttempts& attempts) {
        ctx.log_security({.event = "guess_refused", .about = ctx.visitor().user_id});
        answer.error = attempts.text;
        answer.refusal = http::Status::TooManyRequests;
        answer.retry_after_seconds = attempts.retry_after_seconds;
    }
    return answer;
}

http::Response refuse(http::Response page, const OwnPassword& password)
{
    if (password.retry_after_seconds > 0)
        page.header("Retry-After", std::to_string(password.retry_after_seconds));
    return page;
}

} // namespace pages::settings
