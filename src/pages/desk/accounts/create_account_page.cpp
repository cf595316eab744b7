#include "pages/desk/accounts/create_account_page.hpp"

#include "actions/change_account.hpp"
#include "desk/account.html.hpp"
#include "pages/desk/accounts/account_view.hpp"
#include "pages/shared/urls.hpp"
#include "web/forms/submission.hpp"

#include <utility>

namespace pages::desk {

namespace {

http::Response draw(web::Context& ctx, AccountView view, http::Status status = http::Status::Ok)
{
    const auto key = ctx.request().form_value("submission").value_or("");
    view.submission = key.empty() ? web::new_submission_key() : std::string(key);
    return ctx.render([&](web::Html& out) { views::desk::account(out, view); }, status);
}

http::Response refuse(web::Context& ctx, const AccountInput& input)
{
    return draw(ctx, refused_account_view(ctx, {}, input), http::Status::UnprocessableContent);
}

} // namespace

http::Response new_account(web::Context& ctx)
{
    AccountView view = account_view(ctx, {});
    const web::Drafts drafts = web::find_drafts(ctx);
    fill_in(view, {}, web::fields_for(drafts, ""));
    web::note_kept(ctx, view.page, drafts, {""});
    return draw(ctx, std::move(view));
}

http::Response create_account(web::Context& ctx)
{
    // Before the form is read: the second of two equal ones would find its own number taken.
    if (const auto before = web::find_submission(ctx.db(), web::submission_fingerprint(ctx)))
        return http::redirect(urls::desk_account(AccountId{*before}));
    AccountInput input = read_new_account(ctx);
    if (!input.errors.empty())
        return refuse(ctx, input);
    ctx.release();
    try {
        const AccountId id = web::submit_once(ctx, [&](db::Transaction& tx) {
            web::remove_draft(tx, ctx);
            return actions::add_account(tx, ctx.act(), input.form);
        }).first;
        ctx.flash("account-saved");
        return http::redirect(urls::desk_account(id));
    } catch (const db::ConstraintViolation&) {
        input.errors.add("number", base::Text(number_is_taken));
        return refuse(ctx, input);
    }
}

} // namespace pages::desk
