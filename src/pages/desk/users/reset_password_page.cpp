#include "pages/desk/users/reset_password_page.hpp"

#include "actions/change_password.hpp"
#include "actions/factors/change_factor.hpp"
#include "base/text.hpp"
#include "desk/user.html.hpp"
#include "pages/desk/proof/proof.hpp"
#include "pages/desk/users/temporary_password.hpp"
#include "pages/desk/users/user_change.hpp"
#include "pages/desk/users/user_input.hpp"
#include "pages/desk/users/user_view.hpp"
#include "pages/shared/urls.hpp"
#include "sign_in/password.hpp"

#include <optional>

namespace pages::desk {

namespace {

std::optional<EventId> seen_reset(const web::Context& ctx)
{
    const auto id = base::parse_integer(ctx.request().form_value("reset_seen").value_or(""));
    return id ? std::optional(EventId{*id}) : std::nullopt;
}

} // namespace

http::Response reset_password(web::Context& ctx, web::LiveHub& live)
{
    const users::User user = get_changeable_user(ctx);
    const web::Fields unsaved = unsaved_fields(ctx, user);
    if (auto question = ask_for_proof(ctx))
        return std::move(*question);
    ctx.release();
    const std::string salt = new_password_salt();
    const std::string hash = sign_in::hash_password(temporary_password(ctx, salt));
    try {
        ctx.write([&](db::Transaction& tx) {
            actions::reset_password(tx, ctx.act(), user.id, {.hash = hash, .salt = salt, .seen = seen_reset(ctx)});
            keep_unsaved(tx, ctx, user.id, unsaved);
        });
    } catch (const actions::ResetBefore& before) {
        const UserView view = reset_before_view(ctx, user.id, unsaved, before.first);
        return ctx.render([&](web::Html& out) { views::desk::user(out, view); }, http::Status::Conflict);
    }
    ctx.log_security({.event = "password_reset", .about = user.id});
    end_live_pages(ctx, live, user.id);
    return http::redirect(urls::desk_user(user.id));
}

http::Response hide_password(web::Context& ctx)
{
    const UserId user = get_changeable_user(ctx).id;
    ctx.write([&](db::Transaction& tx) { actions::hide_password(tx, ctx.act(), user); });
    return http::redirect(urls::desk_user(user));
}

http::Response reset_factor(web::Context& ctx, web::LiveHub& live)
{
    const users::User user = get_changeable_user(ctx);
    const web::Fields unsaved = unsaved_fields(ctx, user);
    if (auto question = ask_for_proof(ctx))
        return std::move(*question);
    const bool had_one = ctx.write([&](db::Transaction& tx) {
        const bool was_reset = actions::reset_factor(tx, ctx.act(), user.id);
        keep_unsaved(tx, ctx, user.id, unsaved);
        return was_reset;
    });
    if (had_one) {
        ctx.log_security({.event = "factor_reset", .about = user.id});
        end_live_pages(ctx, live, user.id);
    }
    ctx.flash(had_one ? "factor-reset" : "factor-none");
    return http::redirect(urls::desk_user(user.id));
}

} // namespace pages::desk
