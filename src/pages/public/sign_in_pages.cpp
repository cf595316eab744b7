#include "pages/public/sign_in_pages.hpp"

#include "base/error.hpp"
#include "pages/public/emergency_pages.hpp"
#include "pages/public/leak_input.hpp"
#include "pages/public/session_start.hpp"
#include "pages/public/sign_in_input.hpp"
#include "pages/shared/urls.hpp"
#include "public/sign_in.html.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/upload.hpp"
#include "web/local_path.hpp"

namespace pages::public_ {

namespace {

http::Response draw(web::Context& ctx, SignInView view, http::Status status)
{
    base::Text title = view.has_ended ? base::Text("Sign in again") : base::Text("Sign in");
    view.page = ctx.page(web::title_of_form(std::move(title), view.errors));
    return ctx.render([&](web::Html& out) { views::public_::sign_in(out, view); }, status);
}

} // namespace

http::Response sign_in_form(web::Context& ctx)
{
    if (!ctx.visitor().is_guest())
        return http::redirect(ctx.visitor().is_staff() ? urls::desk() : urls::front());
    SignInView view;
    view.next = web::local_path(ctx.request().query_value("next").value_or(""));
    return draw(ctx, std::move(view), http::Status::Ok);
}

http::Response sign_in(web::Context& ctx)
{
    SignInView view = read_sign_in(ctx.request());
    const std::string password(ctx.request().form_value("password").value_or(""));
    if (view.username.empty())
        view.errors.add("username", base::Text("Enter your user name."));
    if (password.empty())
        view.errors.add("password", base::Text("Type your password."));
    if (!view.errors.empty())
        return draw(ctx, std::move(view), http::Status::UnprocessableContent);
    std::optional<users::User> user;
    try {
        user = start_session(ctx, view.username, password, view.is_public_computer);
    } catch (const base::TooManyAttempts& attempts) {
        view.errors.add("username", attempts.text);
        auto page = draw(ctx, std::move(view), http::Status::TooManyRequests);
        page.header("Retry-After", std::to_string(attempts.retry_after_seconds));
        return page;
    }
    if (!user) {
        view.errors.add("username", base::Text("That user name or password is wrong. Check both and try again."));
        return draw(ctx, std::move(view), http::Status::UnprocessableContent);
    }
    const std::string home = user->role == base::Role::Customer ? urls::front() : urls::desk();
    const bool is_typist = view.typist == user->id;
    if (view.typist && !is_typist)
        return http::redirect(home);
    if (is_typist)
        ctx.flash("text-kept");
    return http::redirect(view.next == urls::front() ? home : view.next);
}

http::Response ask_to_sign_in_again(web::Context& ctx, UserId typist, std::string next)
{
    if (const auto leak = read_leak_of_ended_session(ctx, typist))
        return take_leak(ctx, *leak);
    SignInView view;
    view.next = std::move(next);
    view.has_ended = true;
    view.files_are_lost = web::has_files(ctx);
    if (typist && web::keep_for(ctx, typist)) {
        view.is_kept = true;
        view.typist = typist;
    }
    return draw(ctx, std::move(view), http::Status::Forbidden);
}

} // namespace pages::public_
