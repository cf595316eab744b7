#include "pages/public/people/reset_ask_page.hpp"

#include "actions/people/reset_by_mail.hpp"
#include "pages/public/people/turns.hpp"
#include "pages/public/people/views.hpp"
#include "pages/shared/urls.hpp"
#include "public/reset_ask.html.hpp"

namespace pages::public_ {

namespace {

http::Response draw(web::Context& ctx, ResetAskView view, http::Status status)
{
    view.page = ctx.page(web::title_of_form(base::Text("Choose a new password"), view.errors));
    return ctx.render([&](web::Html& out) { views::public_::reset_ask(out, view); }, status);
}

} // namespace

http::Response reset_form(web::Context& ctx, const SelfService& service)
{
    if (!ctx.visitor().is_guest())
        return http::redirect(urls::password());
    return draw(ctx, {.page = {}, .errors = {}, .who = {}, .has_mail = service.has_mail}, http::Status::Ok);
}

http::Response ask_for_reset(web::Context& ctx, const SelfService& service)
{
    ResetAskView view{.page = {}, .errors = {}, .who = {}, .has_mail = service.has_mail};
    web::FormReader reader(ctx.request(), view.errors);
    view.who =
        reader.line("who", {.least = 1, .most = 254, .missing = base::MessageId("Enter your email or user name.")});
    if (!service.has_mail || !view.errors.empty())
        return draw(ctx, std::move(view), http::Status::UnprocessableContent);
    if (const auto wait = take_turn(ctx, reset_turns)) {
        view.errors.add("who", wait->text);
        return refuse_for_now(draw(ctx, std::move(view), http::Status::TooManyRequests), *wait);
    }
    const sign_in::ResetWish wish{.asked_for = view.who, .language = ctx.language().language().tag()};
    ctx.write([&](db::Transaction& tx) { actions::ask_for_reset(tx, wish, ctx.now()); });
    ctx.log_security({.event = "reset_asked"});
    ctx.flash("reset-asked");
    return http::redirect(urls::sign_in());
}

} // namespace pages::public_
