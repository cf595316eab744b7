#include "pages/desk/users/create_user_page.hpp"

#include "actions/change_user.hpp"
#include "desk/user.html.hpp"
#include "pages/desk/users/user_change.hpp"
#include "pages/desk/users/user_view.hpp"
#include "sign_in/password.hpp"

namespace pages::desk {

namespace {

http::Response draw(web::Context& ctx, const UserView& view, http::Status status = http::Status::Ok)
{
    return ctx.render([&](web::Html& out) { views::desk::user(out, view); }, status);
}

http::Response refuse(web::Context& ctx, const UserInput& input)
{
    return draw(ctx, refused_user_view(ctx, {}, input), http::Status::UnprocessableContent);
}

} // namespace

http::Response new_user(web::Context& ctx)
{
    UserView view = user_view(ctx, {});
    const web::Drafts drafts = web::find_drafts(ctx);
    fill_in(view.user, web::fields_for(drafts, ""));
    web::note_kept(ctx, view.page, drafts, {""});
    return draw(ctx, view);
}

http::Response create_user(web::Context& ctx)
{
    UserInput input = read_new_user(ctx);
    if (!input.errors.empty())
        return refuse(ctx, input);
    ctx.release();
    const std::string password = make_temporary_password();
    const users::NewUser user = new_user_of(input, sign_in::hash_password(password));
    try {
        const UserId id = ctx.write([&](db::Transaction& tx) {
            web::remove_draft(tx, ctx);
            return actions::add_user(tx, ctx.act(), user);
        });
        UserView view = user_view(ctx, users::get_user(ctx.db(), id));
        view.temporary_password = password;
        return draw(ctx, view);
    } catch (const db::ConstraintViolation&) {
        input.errors.add("username", base::Text(username_is_taken));
        return refuse(ctx, input);
    }
}

} // namespace pages::desk
