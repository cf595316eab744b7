#include "pages/settings/preference_pages.hpp"

#include "base/error.hpp"
#include "pages/settings/kept_choice.hpp"
#include "web/forms/draft.hpp"
#include "web/local_path.hpp"

namespace pages::settings {

http::Response choose_theme(web::Context& ctx)
{
    const std::string_view theme = ctx.request().form_value("theme").value_or("auto");
    if (theme != "light" && theme != "dark" && theme != "auto")
        throw base::BadRequest(base::Text("The theme must be light, dark or auto."));
    keep_in_browser(ctx, "theme", theme);
    return http::redirect(web::local_path(ctx.request().form_value("next").value_or("")));
}

http::Response start_over(web::Context& ctx)
{
    const std::string page = web::local_path(ctx.request().form_value("page").value_or(""));
    const std::string address = web::form_address(page);
    // The front page has no form that keeps text, and every other path begins like it.
    if (address != "/")
        ctx.write([&](db::Transaction& tx) { web::remove_drafts_of(tx, ctx, address); });
    return http::redirect(page);
}

} // namespace pages::settings
