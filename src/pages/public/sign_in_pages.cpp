#include "pages/public/sign_in_pages.hpp"

#include "actions/sign_in.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "pages/public/views.hpp"
#include "pages/shared/urls.hpp"
#include "public/sign_in.html.hpp"
#include "sign_in/password.hpp"
#include "sign_in/session.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/submission.hpp"
#include "web/local_path.hpp"

namespace pages::public_ {

using namespace users;

namespace {

constexpr std::string_view session_cookie = "gu_session";
constexpr std::string_view guest_cookie = "gu_guest";
constexpr std::string_view kept_prefix = "kept:";

std::string home_of(const base::Visitor& visitor)
{
    return visitor.is_staff() ? urls::desk() : urls::front();
}

web::Fields kept_fields(const http::Request& request)
{
    web::Fields kept;
    for (const auto& [name, value] : request.form) {
        if (name.starts_with(kept_prefix))
            kept.emplace_back(name.substr(kept_prefix.size()), value);
    }
    return web::keepable_fields(kept);
}

http::Response draw(web::Context& ctx, SignInView view, http::Status status)
{
    base::Text title = view.has_ended ? base::Text("Sign in again") : base::Text("Sign in");
    view.page = ctx.page(web::title_of_form(std::move(title), view.errors));
    return ctx.render([&](web::Html& out) { views::public_::sign_in(out, view); }, status);
}

// Not when the form was carried out after all and only its answer was lost with the session.
void keep_text(db::Transaction& tx, UserId user, const http::Request& request, base::Time now)
{
    const web::Fields kept = kept_fields(request);
    const std::string form = web::local_path(request.form_value(web::kept_form).value_or(""));
    const std::string_view content = request.form_value(web::kept_content).value_or("");
    if (!kept.empty() && !web::find_submission(tx, web::submission_fingerprint(user, content)))
        web::save_draft(tx, user, form, kept, now);
}

/// Nothing when the password was changed since it was checked.
std::optional<std::string> begin_session(web::Context& ctx, const sign_in::SignInAttempt& attempt,
    const actions::RightPassword& right, std::string_view fresh_hash)
{
    const std::string_view user_agent = ctx.request().header("user-agent");
    return ctx.write([&](db::Transaction& tx) {
        auto token = actions::begin_session(
            tx, {.attempt = attempt, .checked = right.of, .fresh_hash = fresh_hash, .user_agent = user_agent});
        if (!token)
            return token;
        if (!ctx.session_token().empty())
            actions::end_session(tx, sign_in::session_hash(ctx.session_token()));
        keep_text(tx, right.of.user.id, ctx.request(), ctx.now());
        return token;
    });
}

struct SignedIn
{
    std::string token;
    base::Role role;
};

/// Nothing when user name and password do not fit.
std::optional<SignedIn> try_password(
    web::Context& ctx, const sign_in::SignInAttempt& attempt, const std::string& password)
{
    // A second time when the stored hash was replaced while it was checked: another sign-in may have renewed it.
    for (int tries = 0; tries < 2; ++tries) {
        const auto right = actions::check_sign_in(ctx.site().database, attempt, password);
        if (!right)
            return std::nullopt;
        const std::string fresh_hash = right->is_outdated ? sign_in::hash_password(password) : std::string();
        if (auto token = begin_session(ctx, attempt, *right, fresh_hash))
            return SignedIn{.token = std::move(*token), .role = right->of.user.role};
    }
    return std::nullopt;
}

} // namespace

http::Response sign_in_form(web::Context& ctx)
{
    if (!ctx.visitor().is_guest())
        return http::redirect(home_of(ctx.visitor()));
    SignInView view;
    view.next = web::local_path(ctx.request().query_value("next").value_or(""));
    return draw(ctx, std::move(view), http::Status::Ok);
}

http::Response sign_in(web::Context& ctx)
{
    SignInView view;
    view.username = base::trim(ctx.request().form_value("username").value_or(""));
    view.next = web::local_path(ctx.request().form_value("next").value_or(""));
    view.kept = kept_fields(ctx.request());
    view.kept_form = ctx.request().form_value(web::kept_form).value_or("");
    view.kept_content = ctx.request().form_value(web::kept_content).value_or("");
    view.has_ended = !view.kept.empty();
    const std::string password(ctx.request().form_value("password").value_or(""));
    const sign_in::SignInAttempt attempt{.address = ctx.request().remote_address,
        .username = view.username,
        .now = ctx.now(),
        .request_id = ctx.request_id()};
    ctx.release();
    const auto signed_in = try_password(ctx, attempt, password);
    if (!signed_in) {
        // Of a lock, too, and always: a stranger must not learn that there is such a user.
        view.errors.add(
            "username", base::Text("User name and password don’t match. Check both and try again. If you are sure of "
                                   "both, wait 15 minutes: too many wrong tries lock a sign-in for that long."));
        return draw(ctx, std::move(view), http::Status::UnprocessableContent);
    }
    ctx.set_cookie(session_cookie, signed_in->token, -1);
    ctx.set_cookie(guest_cookie, "", 0);
    const bool is_staff = signed_in->role != base::Role::Customer;
    return http::redirect(view.next == urls::front() && is_staff ? urls::desk() : view.next);
}

http::Response ask_to_sign_in_again(web::Context& ctx, std::string next)
{
    SignInView view;
    view.next = std::move(next);
    view.has_ended = true;
    view.kept = web::keepable_fields(ctx.request().form);
    view.kept_form = ctx.request().path;
    view.kept_content = web::submission_content(ctx.request());
    view.files_are_lost = !ctx.request().files.empty();
    return draw(ctx, std::move(view), http::Status::Forbidden);
}

http::Response sign_out(web::Context& ctx, web::LiveHub& live)
{
    ctx.write([&](db::Transaction& tx) { actions::end_session(tx, ctx.session_hash()); });
    live.end_session(ctx.session_hash());
    ctx.set_cookie(session_cookie, "", 0);
    ctx.flash("signed-out");
    return http::redirect(urls::sign_in());
}

} // namespace pages::public_
