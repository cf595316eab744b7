#include "actions/change_user.hpp"
#include "base/error.hpp"
#include "pages/settings/kept_choice.hpp"
#include "pages/settings/preference_pages.hpp"
#include "web/forms/draft.hpp"
#include "web/local_path.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace pages::settings {

namespace {

/// "?lang=es" would outweigh the choice, and a refused page stays in its language.
std::string without_language(const std::string& page)
{
    const auto query = page.find('?');
    std::string kept = page.substr(0, query);
    char mark = '?';
    for (std::string_view rest = query == std::string::npos ? "" : std::string_view(page).substr(query + 1);
         !rest.empty();) {
        const auto end = std::min(rest.find('&'), rest.size());
        if (!rest.starts_with("lang=") && !rest.starts_with("refused="))
            kept.append(1, std::exchange(mark, '&')).append(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return kept;
}

} // namespace

http::Response choose_language(web::Context& ctx)
{
    const std::string_view tag = ctx.request().form_value("language").value_or("");
    if (ctx.site().languages.find(tag) == nullptr)
        throw base::BadRequest(base::Text("This language is not one of ours."));
    // Not where somebody else comes next.
    if (!ctx.is_public_computer())
        keep_in_browser(ctx, web::Context::language_cookie, tag);
    if (!ctx.visitor().is_guest())
        ctx.write([&](db::Transaction& tx) {
            actions::choose_language(tx, ctx.act(), tag);
            web::keep_carried(tx, ctx);
        });
    // In the address where the form of the page is not this one.
    const auto next = ctx.request().query_value("next");
    return http::redirect(
        without_language(web::local_path(next ? *next : ctx.request().form_value("next").value_or(""))));
}

} // namespace pages::settings
