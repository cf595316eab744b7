#include "pages/settings/household_pages.hpp"

#include "actions/households/choose_sharing.hpp"
#include "actions/households/claim_account.hpp"
#include "actions/households/end_sharing.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "pages/settings/contact_input.hpp"
#include "pages/settings/own_view.hpp"
#include "pages/shared/urls.hpp"
#include "web/forms/draft.hpp"

#include <algorithm>

namespace pages::settings {

namespace {

http::Response draw_again(web::Context& ctx, const ClaimForm& claim, http::Status status)
{
    const users::User user = saved_user(ctx);
    OwnView view = own_view(ctx, user, contact_of(user, {}), status);
    view.claim = claim;
    return draw(ctx, view, status);
}

bool has_account(web::Context& ctx, std::string_view number)
{
    const auto own = accounts::list_accounts_of(ctx.db(), ctx.visitor().user_id);
    return std::ranges::find(own, number, &accounts::Account::number) != own.end();
}

} // namespace

http::Response claim_account(web::Context& ctx)
{
    ClaimForm form;
    web::FormReader reader(ctx.request(), form.errors);
    form.typed = shared::read_claim(reader, form.errors, shared::Claiming::Required);
    if (has_account(ctx, form.typed.number))
        form.errors.add("account", base::Text("You have this account already. It is on this page."));
    form.errors.order({"account", "zip"});
    if (!form.errors.empty())
        return draw_again(ctx, form, http::Status::UnprocessableContent);
    try {
        const bool is_linked = ctx.write([&](db::Transaction& tx) {
            web::remove_draft(tx, ctx);
            return actions::claim_another_account(tx, ctx.act(),
                {.number = form.typed.number, .postal_code = form.typed.postal_code, .sharing = form.typed.sharing});
        });
        ctx.flash(is_linked ? "account-linked" : "claim-sent");
    } catch (const base::TooManyAttempts& tries) {
        form.errors.add("account", tries.text);
        auto page = draw_again(ctx, form, http::Status::TooManyRequests);
        page.header("Retry-After", std::to_string(tries.retry_after_seconds));
        return page;
    }
    return http::redirect(urls::account());
}

http::Response choose_sharing(web::Context& ctx)
{
    const auto account = ctx.id<AccountId>("id");
    const auto sharing = accounts::sharing_of(ctx.request().form_value("shares").has_value());
    const bool has_account = ctx.write([&](db::Transaction& tx) {
        web::remove_draft(tx, ctx);
        return actions::choose_sharing(tx, ctx.act(), account, sharing);
    });
    const auto done = sharing == accounts::Sharing::OwnRequests ? "sharing-on" : "sharing-off";
    ctx.flash(has_account ? done : "sharing-over");
    return http::redirect(urls::account());
}

http::Response end_sharing(web::Context& ctx)
{
    const auto account = ctx.id<AccountId>("id");
    const UserId other{base::parse_integer(ctx.request().form_value("user").value_or("")).value_or(0)};
    const bool is_ended =
        ctx.write([&](db::Transaction& tx) { return actions::end_sharing(tx, ctx.act(), account, other); });
    ctx.flash(is_ended ? "household-left" : "ask-over");
    return http::redirect(urls::account());
}

} // namespace pages::settings
