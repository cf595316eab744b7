#include "pages/settings/contact_pages.hpp"

#include "actions/change_password.hpp"
#include "actions/people/change_email.hpp"
#include "outbox/outbox.hpp"
#include "pages/settings/contact_input.hpp"
#include "pages/settings/own_view.hpp"
#include "pages/shared/urls.hpp"
#include "users/user.hpp"
#include "web/forms/draft.hpp"

namespace pages::settings {

namespace {

http::Response draw_again(web::Context& ctx, const TypedContact& typed, http::Status status)
{
    return draw(ctx, own_view(ctx, saved_user(ctx), typed, status), status);
}

actions::Contact contact_of(const TypedContact& typed)
{
    return {.phone = typed.phone, .email = typed.email, .version = typed.version};
}

actions::ContactSaved save(web::Context& ctx, const ContactInput& input)
{
    if (input.is_clash)
        return actions::ContactSaved::Stale;
    return ctx.write([&](db::Transaction& tx) {
        if (!input.current.checked_hash.empty())
            actions::require_same_password(tx, ctx.act(), input.current.checked_hash);
        const auto saved =
            actions::change_own_contact(tx, ctx.act(), contact_of(input.typed), ctx.language().language().tag());
        if (saved == actions::ContactSaved::Done || saved == actions::ContactSaved::LinkSent)
            web::remove_draft(tx, ctx);
        return saved;
    });
}

} // namespace

http::Response show_account(web::Context& ctx)
{
    const web::Drafts drafts = web::find_drafts(ctx);
    const web::Fields& draft = web::fields_for(drafts, "contact/");
    const users::User user = saved_user(ctx);
    OwnView view = own_view(ctx, user, contact_of(user, draft), http::Status::Ok);
    const web::Fields& claim = web::fields_for(drafts, "claim/");
    view.claim.typed = {.number = std::string(web::field_of(claim, "account")),
        .postal_code = std::string(web::field_of(claim, "zip")),
        .sharing = accounts::sharing_of(!web::field_of(claim, "shares").empty())};
    web::note_kept(ctx, view.page, drafts, {"contact/", "claim/"});
    return draw(ctx, view, http::Status::Ok);
}

http::Response save_contact(web::Context& ctx)
{
    ContactInput input = read_contact(ctx);
    if (!input.typed.errors.empty())
        return refuse(draw_again(ctx, input.typed, input.current.refusal), input.current);
    const auto saved = save(ctx, input);
    if (saved == actions::ContactSaved::Stale)
        return draw_again(ctx, input.typed, http::Status::Conflict);
    if (saved == actions::ContactSaved::TooManyLinks) {
        input.typed.errors.add(
            "email", base::Text("You asked for many links within an hour. Nothing is saved. Try again in an hour."));
        return draw_again(ctx, input.typed, http::Status::TooManyRequests);
    }
    ctx.flash(saved == actions::ContactSaved::LinkSent ? "email-link-sent" : "contact-saved");
    return http::redirect(urls::account());
}

} // namespace pages::settings
