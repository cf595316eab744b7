#include "pages/public/people/register_page.hpp"

#include "actions/people/register.hpp"
#include "base/error.hpp"
#include "pages/public/people/register_input.hpp"
#include "pages/public/people/turns.hpp"
#include "pages/public/people/views.hpp"
#include "pages/shared/urls.hpp"
#include "public/new_sign_in.html.hpp"
#include "sign_in/password.hpp"

namespace pages::public_ {

namespace {

http::Response draw(web::Context& ctx, const SelfService& service, const RegisterInput& input, http::Status status)
{
    const RegisterView view{.page = ctx.page(web::title_of_form(base::Text("Create your sign-in"), input.errors)),
        .errors = input.errors,
        .typed = input.typed,
        .fewest_characters = service.passwords.customer};
    return ctx.render([&](web::Html& out) { views::public_::new_sign_in(out, view); }, status);
}

http::Response refuse(web::Context& ctx, const SelfService& service, RegisterInput& input, const Wait& wait)
{
    input.errors.add("email", wait.text);
    return refuse_for_now(draw(ctx, service, input, http::Status::TooManyRequests), wait);
}

} // namespace

http::Response registration_form(web::Context& ctx, const SelfService& service)
{
    if (!service.takes_registrations)
        throw base::NotFound("registration is off");
    if (!ctx.visitor().is_guest())
        return http::redirect(ctx.visitor().is_staff() ? urls::desk() : urls::front());
    return draw(ctx, service, {}, http::Status::Ok);
}

http::Response ask_to_register(web::Context& ctx, const SelfService& service)
{
    if (!service.takes_registrations)
        throw base::NotFound("registration is off");
    RegisterInput input = read_registration(ctx, service);
    if (!input.errors.empty())
        return draw(ctx, service, input, http::Status::UnprocessableContent);
    if (const auto wait = take_turn(ctx, registration_turns))
        return refuse(ctx, service, input, *wait);
    ctx.release();
    input.typed.password_hash = sign_in::hash_password(input.password);
    try {
        ctx.write([&](db::Transaction& tx) {
            actions::ask_to_register(tx, input.typed, http::subscriber_of(ctx.request().remote_address), ctx.now());
        });
    } catch (const base::TooManyAttempts& tries) {
        return refuse(ctx, service, input, {tries.text, std::chrono::seconds(tries.retry_after_seconds)});
    }
    ctx.log_security({.event = "registration_asked"});
    ctx.flash("registration-asked");
    return http::redirect(urls::sign_in());
}

} // namespace pages::public_
