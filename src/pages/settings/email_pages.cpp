#include "pages/settings/email_pages.hpp"

#include "actions/people/change_email.hpp"
#include "pages/settings/contact_views.hpp"
#include "pages/shared/urls.hpp"
#include "settings/email_confirm.html.hpp"
#include "users/email_changes.hpp"

namespace pages::settings {

namespace {

/// Without a change: the link is over.
http::Response draw(web::Context& ctx, const std::optional<users::EmailChange>& change)
{
    EmailConfirmView view{
        .page = ctx.page(change ? base::Text("Confirm your new email") : base::Text("This link no longer works"),
            web::Place::Account),
        .token = std::string(ctx.path_value("token")),
        .email = change ? change->email : std::string()};
    http::Response page = ctx.render([&](web::Html& out) { views::settings::email_confirm(out, view); },
        change ? http::Status::Ok : http::Status::NotFound);
    page.header("Cache-Control", "no-store");
    return page;
}

} // namespace

http::Response confirm_email_form(web::Context& ctx)
{
    return draw(ctx, users::find_email_change(ctx.db(), ctx.path_value("token"), ctx.visitor().user_id, ctx.now()));
}

http::Response confirm_email(web::Context& ctx)
{
    if (!ctx.write([&](db::Transaction& tx) { return actions::confirm_email(tx, ctx.act(), ctx.path_value("token")); }))
        return draw(ctx, std::nullopt);
    ctx.log_security({.event = "email_changed"});
    ctx.flash("email-confirmed");
    return http::redirect(urls::account());
}

http::Response send_email_link_again(web::Context& ctx)
{
    const bool is_sent = ctx.write([&](db::Transaction& tx) {
        return actions::send_email_link_again(tx, ctx.act(), ctx.language().language().tag());
    });
    ctx.flash(is_sent ? "email-link-sent" : "email-link-not-sent");
    return http::redirect(urls::account());
}

http::Response cancel_email_change(web::Context& ctx)
{
    const bool is_over = ctx.write([&](db::Transaction& tx) { return actions::cancel_email_change(tx, ctx.act()); });
    ctx.flash(is_over ? "email-kept" : "email-not-waiting");
    return http::redirect(urls::account());
}

} // namespace pages::settings
