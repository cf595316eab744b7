#include "pages/public/session_start.hpp"

#include "actions/sign_in.hpp"
#include "base/error.hpp"
#include "pages/shared/sign_in_attempt.hpp"
#include "pages/shared/urls.hpp"
#include "sign_in/known_device.hpp"
#include "sign_in/password.hpp"
#include "sign_in/pending_sign_in.hpp"
#include "sign_in/session.hpp"

namespace pages::public_ {

namespace {

constexpr std::string_view guest_cookie = "gu_guest";

/// Nothing when the password was changed since it was checked.
std::optional<actions::BegunSignIn> begin_session(web::Context& ctx, const actions::BeginSession& input)
{
    return ctx.write([&](db::Transaction& tx) {
        auto begun = actions::begin_session(tx, input);
        if (begun && !begun->session.empty())
            end_present_session(tx, ctx);
        return begun;
    });
}

} // namespace

void end_present_session(db::Transaction& tx, const web::Context& ctx)
{
    if (!ctx.session_token().empty())
        actions::end_session(tx, sign_in::session_hash(ctx.session_token()));
}

std::string device_cookie_of(const web::Context& ctx)
{
    const std::string& key = ctx.site().form_key;
    const std::string_view present = ctx.cookie(shared::device_cookie);
    return sign_in::device_hash(key, present).empty() ? sign_in::new_device_cookie(key) : std::string(present);
}

void take_session(web::Context& ctx, const actions::BegunSignIn& begun, UserId user, const std::string& device)
{
    if (!device.empty())
        ctx.set_cookie(shared::device_cookie, device, std::chrono::seconds(sign_in::device_kept_for).count());
    ctx.set_cookie(session_cookie, begun.session, -1);
    ctx.set_cookie(guest_cookie, "", 0);
    ctx.log_security({.event = "signed_in", .user = user});
    if (begun.is_new_device)
        ctx.log_security({.event = "new_device", .user = user});
}

void take_pending(web::Context& ctx, const actions::BegunSignIn& begun)
{
    ctx.set_cookie(pending_cookie, begun.pending, std::chrono::seconds(sign_in::pending_for).count());
}

SessionStart start_session(web::Context& ctx, const TypedPassword& typed)
{
    const std::string& password = typed.password;
    const sign_in::SignInAttempt attempt = shared::begin_attempt(ctx, typed.username);
    const sign_in::Browser browser{
        .user_agent = ctx.request().header("user-agent"), .is_public = typed.is_public_computer};
    const std::string device = typed.is_public_computer ? std::string() : device_cookie_of(ctx);
    const std::string device_hash = sign_in::device_hash(ctx.site().form_key, device);
    ctx.release();
    // A second time when the stored hash was replaced while it was checked: another sign-in may have renewed it.
    for (int tries = 0; tries < 2; ++tries) {
        const auto right = actions::check_sign_in(ctx.site().database, attempt, password);
        if (!right)
            return {};
        const users::User& user = right->of.user;
        if (right->has_ended) {
            ctx.log_security({.event = "temporary_password_ended", .about = user.id});
            return {.has_ended = true};
        }
        const std::string fresh_hash = right->is_outdated ? sign_in::hash_password(password) : std::string();
        const auto begun = begin_session(ctx, {.attempt = attempt,
                                                  .checked = right->of,
                                                  .fresh_hash = fresh_hash,
                                                  .browser = browser,
                                                  .device = device_hash,
                                                  .local = typed.local});
        if (!begun)
            continue;
        if (begun->is_for_provider) {
            ctx.log_security({.event = "local_sign_in_refused", .about = user.id});
            return {.is_for_provider = true};
        }
        if (begun->session.empty()) {
            take_pending(ctx, *begun);
            return {.user = user, .needs_code = true};
        }
        take_session(ctx, *begun, user.id, device);
        return {.user = user};
    }
    return {};
}

bool waits_for_code(web::Context& ctx)
{
    return sign_in::find_pending_sign_in(ctx.db(), ctx.cookie(pending_cookie), ctx.now()).has_value();
}

CodeStart start_session_with_code(web::Context& ctx, const actions::TypedCode& typed)
{
    using enum CodeStart::Outcome;
    const std::string_view token = ctx.cookie(pending_cookie);
    const auto pending = sign_in::find_pending_sign_in(ctx.db(), token, ctx.now());
    if (!pending)
        return {};
    const users::User user = users::get_user(ctx.db(), pending->user);
    const sign_in::SignInAttempt attempt = shared::begin_attempt(ctx, user.username);
    const std::string device = pending->is_public ? std::string() : device_cookie_of(ctx);
    const std::string device_hash = sign_in::device_hash(ctx.site().form_key, device);
    ctx.release();
    const actions::CheckedCode code = actions::check_code(ctx.site().database, attempt, user.id, typed);
    if (code.kind == actions::CheckedCode::Kind::Late)
        return {.outcome = Late};
    if (!code.is_right())
        return {.outcome = code.kind == actions::CheckedCode::Kind::Used ? Used : Wrong};
    try {
        const auto begun = ctx.write([&](db::Transaction& tx) {
            auto done = actions::finish_sign_in(tx, {.attempt = attempt,
                                                        .pending_token = token,
                                                        .code = code,
                                                        .user_agent = ctx.request().header("user-agent"),
                                                        .device = device_hash});
            if (done)
                end_present_session(tx, ctx);
            return done;
        });
        if (!begun)
            return {};
        take_session(ctx, *begun, user.id, device);
    } catch (const base::Conflict&) {
        return {.outcome = Used};
    }
    ctx.set_cookie(pending_cookie, "", 0);
    CodeStart started{.outcome = Started, .user = user};
    if (code.kind == actions::CheckedCode::Kind::Recovery) {
        ctx.log_security({.event = "recovery_code_used", .user = user.id});
        started.codes_left = sign_in::count_recovery_codes(ctx.db(), user.id);
    }
    return started;
}

http::Response lead_on(web::Context& ctx, const users::User& user, const std::string& next, UserId typist)
{
    const std::string home = user.role == base::Role::Customer ? urls::front() : urls::desk();
    const bool is_typist = typist == user.id;
    if (typist && !is_typist)
        return http::redirect(home);
    if (is_typist)
        ctx.flash("text-kept");
    return http::redirect(next == urls::front() ? home : next);
}

} // namespace pages::public_
