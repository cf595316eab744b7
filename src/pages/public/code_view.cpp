#include "pages/public/code_view.hpp"

#include "base/text.hpp"
#include "public/code.html.hpp"

namespace pages::public_ {

namespace {

/// Where something was typed, whatever it was.
std::string field_of_error(const http::Request& request)
{
    const bool has_code = !base::trim(request.form_value("code").value_or("")).empty();
    return has_code || base::trim(request.form_value("recovery").value_or("")).empty() ? "code" : "recovery";
}

base::Text reason_to_refuse(const actions::TypedCode& typed, CodeStart::Outcome outcome)
{
    if (outcome == CodeStart::Outcome::Used)
        return base::Text(actions::code_used_before);
    if (outcome == CodeStart::Outcome::Late)
        return base::Text(actions::code_expired);
    if (!typed.recovery.empty())
        return base::Text("That recovery code is wrong, or it was used before. Each one works once.");
    if (typed.code.empty())
        return base::Text("Type the 6 digits from your app.");
    return base::Text("That code is wrong. Type the one that the app shows now. Is the time on your phone right?");
}

} // namespace

http::Response draw_code(web::Context& ctx, CodeView view, http::Status status)
{
    view.page = ctx.page(web::title_of_form(base::Text("Enter your code"), view.errors));
    return ctx.render([&](web::Html& out) { views::public_::code(out, view); }, status);
}

http::Response refuse_code(
    web::Context& ctx, CodeView view, const actions::TypedCode& typed, CodeStart::Outcome outcome)
{
    view.errors.add(field_of_error(ctx.request()), reason_to_refuse(typed, outcome));
    return draw_code(ctx, std::move(view), http::Status::UnprocessableContent);
}

http::Response refuse_code(web::Context& ctx, CodeView view, const base::TooManyAttempts& attempts)
{
    ctx.log_security({.event = "guess_refused"});
    view.errors.add(field_of_error(ctx.request()), attempts.text);
    http::Response page = draw_code(ctx, std::move(view), http::Status::TooManyRequests);
    page.header("Retry-After", std::to_string(attempts.retry_after_seconds));
    return page;
}

} // namespace pages::public_
