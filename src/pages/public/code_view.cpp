#include "pages/public/code_view.hpp"

#include "public/code.html.hpp"

namespace pages::public_ {

http::Response draw_code(web::Context& ctx, CodeView view, http::Status status)
{
    view.page = ctx.page(web::title_of_form(base::Text("Enter your code"), view.errors));
    return ctx.render([&](web::Html& out) { views::public_::code(out, view); }, status);
}

http::Response refuse_code(
    web::Context& ctx, CodeView view, const actions::TypedCode& typed, CodeStart::Outcome outcome)
{
    if (outcome == CodeStart::Outcome::Used)
        view.errors.add("code", base::Text(actions::code_used_before));
    else if (outcome == CodeStart::Outcome::Late)
        view.errors.add("code", base::Text(actions::code_expired));
    else if (!typed.recovery.empty())
        view.errors.add(
            "recovery", base::Text("That recovery code is wrong, or it was used before. Each one works once."));
    else if (!typed.code.empty())
        view.errors.add("code",
            base::Text("That code is wrong. Type the one that the app shows now. Is the time on your phone right?"));
    else
        view.errors.add("code", base::Text("Type the 6 digits from your app."));
    return draw_code(ctx, std::move(view), http::Status::UnprocessableContent);
}

http::Response refuse_code(web::Context& ctx, CodeView view, const base::TooManyAttempts& attempts)
{
    ctx.log_security({.event = "guess_refused"});
    view.errors.add("code", attempts.text);
    http::Response page = draw_code(ctx, std::move(view), http::Status::TooManyRequests);
    page.header("Retry-After", std::to_string(attempts.retry_after_seconds));
    return page;
}

} // namespace pages::public_
