#include "pages/public/session_start.hpp"

#include "actions/sign_in.hpp"
#include "pages/shared/sign_in_attempt.hpp"
#include "sign_in/known_device.hpp"
#include "sign_in/password.hpp"
#include "sign_in/session.hpp"

namespace pages::public_ {

namespace {

constexpr std::string_view guest_cookie = "gu_guest";

/// Nothing when the password was changed since it was checked.
std::optional<std::string> begin_session(web::Context& ctx, const actions::BeginSession& input)
{
    return ctx.write([&](db::Transaction& tx) {
        auto token = actions::begin_session(tx, input);
        if (!token)
            return token;
        if (!ctx.session_token().empty())
            actions::end_session(tx, sign_in::session_hash(ctx.session_token()));
        return token;
    });
}

/// The browser's cookie, or a new one for a browser that has none.
std::string device_cookie_of(const web::Context& ctx)
{
    const std::string& key = ctx.site().form_key;
    const std::string_view present = ctx.cookie(shared::device_cookie);
    return sign_in::device_hash(key, present).empty() ? sign_in::new_device_cookie(key) : std::string(present);
}

} // namespace

SessionStart start_session(
    web::Context& ctx, std::string_view username, const std::string& password, bool is_public_computer)
{
    const sign_in::SignInAttempt attempt = shared::begin_attempt(ctx, username);
    const sign_in::Browser browser{.user_agent = ctx.request().header("user-agent"), .is_public = is_public_computer};
    const std::string device = is_public_computer ? std::string() : device_cookie_of(ctx);
    const std::string device_hash = sign_in::device_hash(ctx.site().form_key, device);
    ctx.release();
    // A second time when the stored hash was replaced while it was checked: another sign-in may have renewed it.
    for (int tries = 0; tries < 2; ++tries) {
        const auto right = actions::check_sign_in(ctx.site().database, attempt, password);
        if (!right)
            return {};
        if (right->has_ended) {
            ctx.log_security({.event = "temporary_password_ended", .about = right->of.user.id});
            return {.has_ended = true};
        }
        const std::string fresh_hash = right->is_outdated ? sign_in::hash_password(password) : std::string();
        if (const auto token = begin_session(ctx, {.attempt = attempt,
                                                      .checked = right->of,
                                                      .fresh_hash = fresh_hash,
                                                      .browser = browser,
                                                      .device = device_hash})) {
            if (!device.empty())
                ctx.set_cookie(shared::device_cookie, device, std::chrono::seconds(sign_in::device_kept_for).count());
            ctx.set_cookie(session_cookie, *token, -1);
            ctx.set_cookie(guest_cookie, "", 0);
            ctx.log_security({.event = "signed_in", .user = right->of.user.id});
            return {.user = right->of.user};
        }
    }
    return {};
}

} // namespace pages::public_
