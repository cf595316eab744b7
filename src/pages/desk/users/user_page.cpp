#include "pages/desk/users/user_page.hpp"

#include "actions/change_user.hpp"
#include "actions/link_account.hpp"
#include "desk/user.html.hpp"
#include "pages/desk/proof/proof.hpp"
#include "pages/desk/users/temporary_password.hpp"
#include "pages/desk/users/user_change.hpp"
#include "pages/desk/users/user_view.hpp"
#include "pages/shared/urls.hpp"

#include <fmt/format.h>

namespace pages::desk {

namespace {

using std::string_view_literals::operator""sv;

http::Response draw(web::Context& ctx, const UserView& view, http::Status status)
{
    return ctx.render([&](web::Html& out) { views::desk::user(out, view); }, status);
}

/// Both end all sessions of the user.
void log_access(const web::Context& ctx, const users::User& before, const users::UserChange& change)
{
    if (change.role != before.role)
        ctx.log_security({.event = "role_changed",
            .about = before.id,
            .detail = fmt::format("{} to {}", base::role_name(before.role), base::role_name(change.role))});
    if (change.is_active != before.is_active)
        ctx.log_security({.event = change.is_active ? "user_activated" : "user_deactivated", .about = before.id});
}

} // namespace

http::Response show_user(web::Context& ctx)
{
    const web::Drafts drafts = web::find_drafts(ctx);
    UserView view = user_view(ctx, users::get_user(ctx.db(), ctx.id<UserId>("id")));
    const auto forms = {""sv, "password/"sv, "password/told/"sv, "factor/"sv, "unlock/"sv, "account/"sv};
    const web::Fields& typed = web::newest_for(drafts, forms);
    fill_in(view, typed);
    view.account = typed_account_choice(typed);
    view.temporary_password = find_temporary_password(ctx, view.user.id);
    view.is_unsaved = !typed.empty();
    web::note_kept(ctx, view.page, drafts, forms);
    return draw(ctx, view, http::Status::Ok);
}

http::Response save_user(web::Context& ctx, web::LiveHub& live)
{
    const users::User before = get_changeable_user(ctx);
    UserInput input = read_user_change(ctx, before);
    if (!input.errors.empty())
        return draw(ctx, refused_user_view(ctx, before, input), http::Status::UnprocessableContent);
    if (input.is_clash)
        return draw(ctx, clashing_user_view(ctx, before, input), http::Status::Conflict);
    if (const auto question = leaks_to_ask_about(ctx, before, input))
        return draw(ctx, *question, http::Status::UnprocessableContent);
    if (auto question = input.details.role == before.role ? std::nullopt : ask_for_proof(ctx))
        return std::move(*question);
    const auto update = ctx.write([&](db::Transaction& tx) {
        const auto done = actions::change_user(tx, ctx.act(), before.id, input.details);
        if (done == users::UserUpdate::Done && input.account.chosen)
            actions::link_account(tx, ctx.act(), input.account.chosen, before.id);
        if (done == users::UserUpdate::Done)
            web::remove_drafts_of(tx, ctx, ctx.request().path);
        return done;
    });
    if (update == users::UserUpdate::Stale)
        return draw(ctx, clashing_user_view(ctx, users::get_user(ctx.db(), before.id), input), http::Status::Conflict);
    if (update == users::UserUpdate::LastAdministrator) {
        input.errors.add(
            "role", base::Text("This is the last active administrator. Make somebody else an administrator first."));
        return draw(ctx, refused_user_view(ctx, before, input), http::Status::UnprocessableContent);
    }
    log_access(ctx, before, input.details);
    if (!input.details.is_active || input.details.role != before.role)
        end_live_pages(ctx, live, before.id);
    ctx.flash("user-saved");
    return http::redirect(urls::desk_user(before.id));
}

} // namespace pages::desk
