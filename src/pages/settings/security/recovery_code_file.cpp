#include "base/text.hpp"
#include "pages/settings/security/security_pages.hpp"
#include "pages/settings/security/security_view.hpp"
#include "pages/shared/urls.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace pages::settings {

http::Response save_recovery_codes(web::Context& ctx)
{
    const auto codes = shown_codes(ctx);
    if (codes.empty()) {
        ctx.flash("codes-gone");
        return http::redirect(urls::security());
    }
    const auto& language = ctx.language().language();
    http::Response file;
    file.content_type = "text/plain; charset=utf-8";
    file.compressible = false;
    file.header("Content-Disposition", "attachment; filename=\"recovery-codes.txt\"");
    file.header("Cache-Control", "no-store");
    file.body = fmt::format("{}\r\n{}\r\n\r\n{}\r\n\r\n{}\r\n",
        language.say(base::Text("Recovery codes for {site}", {{"site", ctx.site().names.name}})),
        language.say(base::Text("User name: {name}", {{"name", ctx.visitor().username}})), fmt::join(codes, "\r\n"),
        language.say(base::Text("Each code works once, instead of the code from your app. Keep them somewhere safe, "
                                "not on the same phone.")));
    return file;
}

} // namespace pages::settings
