#include "pages/public/sign_in_pages.hpp"

#include "pages/public/session_start.hpp"
#include "pages/public/sign_in_input.hpp"
#include "pages/shared/urls.hpp"
#include "public/sign_in.html.hpp"
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
    const auto role = start_session(ctx, view.username, password);
    if (!role) {
        // Of a lock, too, and always: a stranger must not learn that there is such a user.
        view.errors.add(
            "username", base::Text("User name and password don’t match. Check both and try again. If you are sure of "
                                   "both, wait 15 minutes: too many wrong tries lock a sign-in for that long."));
        return draw(ctx, std::move(view), http::Status::UnprocessableContent);
    }
    const bool is_staff = *role != base::Role::Customer;
    return http::redirect(view.next == urls::front() && is_staff ? urls::desk() : view.next);
}

http::Response ask_to_sign_in_again(web::Context& ctx, std::string next)
{
    return draw(ctx, carry_form(ctx.request(), std::move(next)), http::Status::Forbidden);
}

} // namespace pages::public_
