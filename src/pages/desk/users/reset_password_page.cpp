#include "pages/desk/users/reset_password_page.hpp"

#include "actions/change_password.hpp"
#include "desk/user.html.hpp"
#include "pages/desk/users/user_change.hpp"
#include "pages/desk/users/user_view.hpp"
#include "sign_in/password.hpp"

namespace pages::desk {

http::Response reset_password(web::Context& ctx, web::LiveHub& live)
{
    users::User user = get_changeable_user(ctx);
    const auto unsaved = find_unsaved(ctx, user);
    ctx.release();
    const std::string password = make_temporary_password();
    const std::string hash = sign_in::hash_password(password);
    ctx.write([&](db::Transaction& tx) { actions::reset_password(tx, ctx.act(), user.id, hash); });
    end_live_pages(ctx, live, user.id);
    // The verb has ended the lock as well.
    user.locked_until = {};
    UserView view = user_view(ctx, std::move(user));
    view.temporary_password = password;
    if (unsaved)
        fill_in(view.user, *unsaved);
    view.is_unsaved = unsaved.has_value();
    return ctx.render([&](web::Html& out) { views::desk::user(out, view); });
}

} // namespace pages::desk
