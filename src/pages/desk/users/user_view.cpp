#include "pages/desk/users/user_view.hpp"

#include "pages/desk/directory_history.hpp"

namespace pages::desk {

UserView user_view(web::Context& ctx, users::User user)
{
    UserView view;
    view.may_edit = users::may_change(ctx.visitor(), user);
    view.may_set_role = ctx.visitor().is_at_least(base::Role::Administrator);
    if (user.id) {
        const i18n::Dates dates = ctx.dates();
        view.accounts = accounts::list_accounts_of(ctx.db(), user.id);
        view.history = directory_history(ctx, events::Subject::User, user.id.value);
        view.created = dates.day(user.date_joined);
        if (user.last_login)
            view.last_sign_in = dates.friendly(*user.last_login);
        if (user.is_locked(ctx.now()))
            view.locked_until = dates.friendly(user.locked_until);
    }
    view.page = ctx.page(user.id ? base::Text::verbatim(user.full_name()) : base::Text("New user"), web::Place::Users);
    view.user = std::move(user);
    return view;
}

UserView refused_user_view(web::Context& ctx, users::User user, const UserInput& input)
{
    fill_in(user, input);
    UserView view = user_view(ctx, std::move(user));
    view.errors = input.errors;
    view.page.title = web::title_of_refused(std::move(view.page.title));
    return view;
}

UserView clashing_user_view(web::Context& ctx, const users::User& saved, const UserInput& input)
{
    users::User user = saved;
    fill_in(user, input);
    user.version = saved.version;
    UserView view = user_view(ctx, std::move(user));
    view.clash = saved_version({saved.full_name(), saved.email, saved.phone, std::string(base::role_name(saved.role))});
    return view;
}

} // namespace pages::desk
