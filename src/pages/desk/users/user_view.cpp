#include "pages/desk/users/user_view.hpp"

#include "pages/desk/directory_history.hpp"

namespace pages::desk {

UserView user_view(web::Context& ctx, users::User saved)
{
    UserView view;
    view.may_edit = users::may_change(ctx.visitor(), saved);
    view.may_set_role = ctx.visitor().is_at_least(base::Role::Administrator);
    if (saved.id) {
        const i18n::Dates dates = ctx.dates();
        view.accounts = accounts::list_accounts_of(ctx.db(), saved.id);
        view.history = directory_history(ctx, events::Subject::User, saved.id.value);
        view.created = dates.day(saved.date_joined);
        if (saved.last_login)
            view.last_sign_in = dates.friendly(*saved.last_login);
        if (saved.is_locked(ctx.now()))
            view.locked_until = dates.friendly(saved.locked_until);
    }
    view.full_name = saved.full_name();
    view.role = saved.role;
    view.page = ctx.page(saved.id ? base::Text::verbatim(view.full_name) : base::Text("New user"), web::Place::Users);
    view.page.has_fields = true;
    view.user = std::move(saved);
    return view;
}

UserView refused_user_view(web::Context& ctx, users::User saved, const UserInput& input)
{
    UserView view = user_view(ctx, std::move(saved));
    fill_in(view.user, input);
    view.errors = input.errors;
    view.page.title = web::title_of_refused(std::move(view.page.title));
    return view;
}

UserView clashing_user_view(web::Context& ctx, const users::User& saved, const UserInput& input)
{
    UserView view = user_view(ctx, saved);
    fill_in(view.user, input);
    view.user.version = saved.version;
    view.clash = saved_version({saved.full_name(), saved.email, saved.phone, std::string(base::role_name(saved.role))});
    return view;
}

} // namespace pages::desk
