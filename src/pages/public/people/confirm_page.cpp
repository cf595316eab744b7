#include "pages/public/people/confirm_page.hpp"

#include "actions/people/register.hpp"
#include "pages/public/link_over.hpp"
#include "pages/public/people/confirm_input.hpp"
#include "pages/public/people/mail_link_over.hpp"
#include "pages/public/people/views.hpp"
#include "pages/public/session_start.hpp"
#include "pages/shared/urls.hpp"
#include "public/confirm.html.hpp"

namespace pages::public_ {

namespace {

http::Response draw(web::Context& ctx, const ConfirmInput& input)
{
    const ConfirmView view{.page = ctx.page(web::title_of_form(base::Text("Confirm your email"), input.errors)),
        .errors = input.errors,
        .token = std::string(ctx.path_value("token")),
        .email = input.registration.email,
        .username = input.registration.username,
        .asks_for_username = input.asks_for_username};
    const auto status = input.errors.empty() ? http::Status::Ok : http::Status::UnprocessableContent;
    return for_holders_only(ctx.render([&](web::Html& out) { views::public_::confirm(out, view); }, status));
}

std::optional<registrations::Registration> find(web::Context& ctx, const SelfService& service)
{
    if (!service.takes_registrations)
        return std::nullopt;
    return registrations::find_registration(ctx.db(), ctx.path_value("token"), ctx.now());
}

} // namespace

http::Response confirm_form(web::Context& ctx, const SelfService& service)
{
    const auto wanted = find(ctx, service);
    return wanted ? draw(ctx, {.registration = *wanted, .password = {}, .errors = {}})
                  : show_mail_link_over(ctx, urls::registration());
}

http::Response confirm_registration(web::Context& ctx, const SelfService& service)
{
    const auto wanted = find(ctx, service);
    if (!wanted)
        return show_mail_link_over(ctx, urls::registration());
    ConfirmInput input = read_confirmation(ctx, *wanted);
    if (!input.errors.empty())
        return draw(ctx, input);
    try {
        const auto user = ctx.write(
            [&](db::Transaction& tx) { return actions::register_customer(tx, input.registration, ctx.now()); });
        if (!user)
            return show_mail_link_over(ctx, urls::registration());
        ctx.log_security({.event = "registered", .user = *user});
    } catch (const db::ConstraintViolation&) {
        refuse_taken_username(input);
        return draw(ctx, input);
    }
    start_session(ctx, {.username = input.registration.username, .password = input.password});
    ctx.flash(wanted->account_number.empty() ? "registered" : "registered-claim");
    return http::redirect(urls::account());
}

} // namespace pages::public_
