#include "pages/desk/users/unlock_user_page.hpp"

#include "actions/change_password.hpp"
#include "pages/desk/users/user_change.hpp"
#include "pages/desk/users/user_input.hpp"
#include "pages/shared/urls.hpp"

namespace pages::desk {

http::Response unlock_user(web::Context& ctx)
{
    const users::User user = get_changeable_user(ctx);
    const bool is_unsaved = find_unsaved(ctx, user).has_value();
    ctx.write([&](db::Transaction& tx) {
        actions::end_lock(tx, ctx.act(), user.id);
        web::remove_drafts_of(tx, ctx, urls::desk_user(user.id));
        if (is_unsaved)
            web::save_draft(tx, ctx.visitor().user_id, urls::desk_user(user.id),
                web::keepable_fields(ctx.request().form), ctx.now());
    });
    ctx.flash("user-unlocked");
    return http::redirect(urls::desk_user(user.id));
}

} // namespace pages::desk
