#include "pages/settings/choices/choices_page.hpp"

#include "actions/mail/choose_notifications.hpp"
#include "base/zones/time_zones.hpp"
#include "outbox/outbox.hpp"
#include "pages/settings/choices/choices_input.hpp"
#include "pages/shared/urls.hpp"
#include "settings/choices.html.hpp"
#include "settings/choices_for_staff.html.hpp"
#include "users/user.hpp"
#include "web/forms/merge.hpp"

namespace pages::settings {

namespace {

http::Response draw(web::Context& ctx, ChoicesView view, http::Status status)
{
    const auto title = base::Text("What we tell you");
    web::Page page = ctx.page(status == http::Status::Ok ? title : web::title_of_refused(title), web::Place::Account);
    page.kept = view.page.kept;
    page.has_fields = true;
    view.page = std::move(page);
    view.email = users::get_user(ctx.db(), ctx.visitor().user_id).email;
    view.has_no_mail = !outbox::is_on(ctx.db());
    view.zones_of_usa = base::zones_of_usa();
    view.zones_elsewhere = base::zones_elsewhere();
    if (ctx.visitor().is_staff())
        return ctx.render([&](web::Html& out) { views::settings::choices_for_staff(out, view); }, status);
    return ctx.render([&](web::Html& out) { views::settings::choices(out, view); }, status);
}

notifications::Choices saved_choices(web::Context& ctx)
{
    return notifications::find_choices(ctx.db(), ctx.visitor().user_id, ctx.visitor().role);
}

} // namespace

http::Response show_choices(web::Context& ctx)
{
    const web::Drafts drafts = web::find_drafts(ctx);
    const web::Fields& draft = web::fields_for(drafts, "");
    ChoicesView view;
    view.form = draft.empty() ? typed_of(saved_choices(ctx))
                              : read_choices(draft, notifications::usual_choices(ctx.visitor().role)).typed;
    view.form.errors = {};
    web::note_kept(ctx, view.page, drafts, {""});
    return draw(ctx, std::move(view), http::Status::Ok);
}

http::Response save_choices(web::Context& ctx)
{
    web::require_fields(ctx.request().form, {"pace", "digest_at", "quiet_from", "quiet_until", "time_zone", "version"});
    const ChoicesInput input = read_choices(ctx.request().form, notifications::usual_choices(ctx.visitor().role));
    ChoicesView view;
    view.form = input.typed;
    if (!input.typed.errors.empty())
        return draw(ctx, std::move(view), http::Status::UnprocessableContent);
    const bool is_saved = ctx.write([&](db::Transaction& tx) {
        if (!actions::choose_notifications(tx, ctx.act(), input.choices))
            return false;
        web::remove_draft(tx, ctx);
        return true;
    });
    if (!is_saved) {
        view.is_clash = true;
        view.form.version = saved_choices(ctx).plan.version;
        return draw(ctx, std::move(view), http::Status::Conflict);
    }
    ctx.flash("choices-saved");
    return http::redirect(urls::notification_choices());
}

} // namespace pages::settings
