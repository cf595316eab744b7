#include "pages/desk/users/unlock_user_page.hpp"

#include "actions/change_password.hpp"
#include "pages/desk/users/user_change.hpp"
#include "pages/desk/users/user_input.hpp"
#include "pages/shared/urls.hpp"

namespace pages::desk {

http::Response unlock_user(web::Context& ctx)
{
    const users::User user = get_changeable_user(ctx);
    const web::Fields unsaved = unsaved_fields(ctx, user);
    ctx.write([&](db::Transaction& tx) {
        actions::end_wait(tx, ctx.act(), user.id);
        keep_unsaved(tx, ctx, user.id, unsaved);
    });
    ctx.log_security({.event = "wait_ended", .about = user.id});
    ctx.flash("user-unlocked");
    return http::redirect(urls::desk_user(user.id));
}

} // namespace pages::desk
