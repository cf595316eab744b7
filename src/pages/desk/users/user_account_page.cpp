#include "pages/desk/users/user_account_page.hpp"

#include "actions/link_account.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "desk/user.html.hpp"
#include "pages/desk/users/user_change.hpp"
#include "pages/desk/users/user_view.hpp"
#include "pages/shared/urls.hpp"

namespace pages::desk {

namespace {

/// The details as they were typed beside the button, or as they are saved.
UserInput input_beside(web::Context& ctx, const users::User& user)
{
    if (auto unsaved = find_unsaved(ctx, user))
        return std::move(*unsaved);
    return {.username = user.username,
        .details = {.first_name = user.first_name,
            .last_name = user.last_name,
            .email = user.email,
            .phone = user.phone,
            .role = user.role,
            .is_active = user.is_active,
            .version = user.version},
        .account = {},
        .errors = {},
        .shown = shown_of(user)};
}

http::Response unlink(web::Context& ctx, const users::User& user, AccountId account)
{
    const web::Fields unsaved = unsaved_fields(ctx, user);
    const bool was_linked = ctx.write([&](db::Transaction& tx) {
        keep_unsaved(tx, ctx, user.id, unsaved);
        return actions::unlink_account(tx, ctx.act(), account, user.id);
    });
    ctx.flash(was_linked ? "account-unlinked" : "account-not-linked");
    return http::redirect(urls::desk_user(user.id));
}

} // namespace

http::Response change_account_of_user(web::Context& ctx)
{
    const users::User user = get_changeable_user(ctx);
    if (const auto account = base::parse_integer(ctx.request().form_value("unlink").value_or("")))
        return unlink(ctx, user, AccountId{*account});
    UserInput input = input_beside(ctx, user);
    input.errors = {};
    input.account = read_account_choice(ctx, input.errors, {.id = user.id, .name = user.full_name()});
    if (input.account.sought.empty())
        input.errors.add("account", base::Text("Enter the number or the address of the account."));
    if (!input.errors.empty()) {
        const UserView view = refused_user_view(ctx, user, input);
        return ctx.render([&](web::Html& out) { views::desk::user(out, view); }, http::Status::UnprocessableContent);
    }
    web::Fields unsaved = find_unsaved(ctx, user) ? unsaved_fields(ctx, user) : web::Fields();
    std::erase_if(unsaved, [](const auto& field) { return field.first == "account"; });
    const bool is_new = ctx.write([&](db::Transaction& tx) {
        keep_unsaved(tx, ctx, user.id, unsaved);
        return actions::link_account(tx, ctx.act(), input.account.chosen, user.id);
    });
    ctx.flash(is_new ? "account-linked" : "account-linked-before");
    return http::redirect(urls::desk_user(user.id));
}

} // namespace pages::desk
