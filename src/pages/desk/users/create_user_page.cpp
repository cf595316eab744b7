#include "pages/desk/users/create_user_page.hpp"

#include "actions/change_user.hpp"
#include "desk/user.html.hpp"
#include "pages/desk/proof/proof.hpp"
#include "pages/desk/users/temporary_password.hpp"
#include "pages/desk/users/user_view.hpp"
#include "pages/shared/urls.hpp"
#include "sign_in/password.hpp"
#include "users/look_alikes.hpp"
#include "web/forms/submission.hpp"

namespace pages::desk {

namespace {

http::Response draw(web::Context& ctx, UserView view, http::Status status = http::Status::Ok)
{
    view.submission = ctx.request().form_value("submission").value_or("");
    if (view.submission.empty())
        view.submission = web::new_submission_key();
    return ctx.render([&](web::Html& out) { views::desk::user(out, view); }, status);
}

http::Response refuse(web::Context& ctx, const UserInput& input)
{
    return draw(ctx, refused_user_view(ctx, {}, input), http::Status::UnprocessableContent);
}

/// Of what nobody else may have, the user name, one that looks like it or the account's number: what was given away
/// since the form was read.
void add_taken_meanwhile(web::Context& ctx, UserInput& input)
{
    if (users::is_username_taken(ctx.db(), input.username))
        input.errors.add("username", base::Text(username_is_taken));
    else if (users::find_look_alike(ctx.db(), input.username))
        input.errors.add("username", base::Text(username_looks_taken));
    else
        input.errors.add("new_number", base::Text(account_number_is_taken));
}

} // namespace

http::Response new_user(web::Context& ctx)
{
    UserView view = user_view(ctx, {});
    const web::Drafts drafts = web::find_drafts(ctx);
    const web::Fields& typed = web::fields_for(drafts, "");
    fill_in(view, typed);
    view.account = typed_account_choice(typed);
    web::note_kept(ctx, view.page, drafts, {""});
    return draw(ctx, std::move(view));
}

http::Response create_user(web::Context& ctx)
{
    // Before the form is read: the second of two equal ones would find its own user name taken.
    if (const auto before = web::find_submission(ctx.db(), web::submission_fingerprint(ctx)))
        return http::redirect(urls::desk_user(UserId{*before}));
    UserInput input = read_new_user(ctx);
    if (!input.errors.empty())
        return refuse(ctx, input);
    if (auto question = input.details.role == base::Role::Customer ? std::nullopt : ask_for_proof(ctx))
        return std::move(*question);
    ctx.release();
    const std::string salt = new_password_salt();
    const actions::CreateUser wanted = new_user_of(input, sign_in::hash_password(temporary_password(ctx, salt)), salt);
    try {
        const auto [id, is_new] = web::submit_once(ctx, [&](db::Transaction& tx) {
            web::remove_draft(tx, ctx);
            return actions::create_user(tx, ctx.act(), wanted);
        });
        if (is_new)
            ctx.log_security({.event = "user_created", .about = id, .detail = base::role_name(wanted.user.role)});
        return http::redirect(urls::desk_user(id));
    } catch (const db::ConstraintViolation&) {
        add_taken_meanwhile(ctx, input);
        return refuse(ctx, input);
    }
}

} // namespace pages::desk
