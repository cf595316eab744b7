#include "actions/sign_in.hpp"
#include "pages/public/session_start.hpp"
#include "pages/public/sign_in_pages.hpp"
#include "pages/shared/urls.hpp"
#include "web/forms/draft.hpp"

#include <fmt/format.h>

namespace pages::public_ {

http::Response sign_out(web::Context& ctx, web::LiveHub& live)
{
    const std::int64_t kept = ctx.write([&](db::Transaction& tx) {
        actions::end_session(tx, ctx.session_hash());
        return ctx.visitor().is_guest() || ctx.is_public_computer() ? 0 : web::keep_unsent(tx, ctx);
    });
    if (!ctx.visitor().is_guest())
        ctx.log_security({.event = "session_ended"});
    live.end_session(ctx.session_hash());
    ctx.set_cookie(session_cookie, "", 0);
    ctx.flash(kept > 0 ? fmt::format("signed-out-kept.{}", kept) : "signed-out");
    http::Response response = http::redirect(urls::sign_in());
    // Storage is what scripts kept in the browser. Not elsewhere: there the theme and the sounds of a device are kept,
    // too.
    response.header("Clear-Site-Data", ctx.is_public_computer() ? R"("cache", "storage")" : R"("cache")");
    return response;
}

} // namespace pages::public_
