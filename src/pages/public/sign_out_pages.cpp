#include "actions/emergencies/give_back_emergency.hpp"
#include "actions/sign_in.hpp"
#include "pages/public/session_start.hpp"
#include "pages/public/sign_in_pages.hpp"
#include "pages/shared/urls.hpp"
#include "web/forms/draft.hpp"

#include <fmt/format.h>

#include <string>

namespace pages::public_ {

namespace {

struct SignedOut
{
    std::int64_t kept = 0;
    /// Leaks that the visitor had: nobody would hear of them any more, so they ring again.
    std::int64_t ringing = 0;
};

std::string flash_of(const SignedOut& done)
{
    if (done.ringing > 0)
        return fmt::format("signed-out-{}.{}", done.kept > 0 ? "kept-rings" : "rings", done.ringing);
    return done.kept > 0 ? fmt::format("signed-out-kept.{}", done.kept) : "signed-out";
}

} // namespace

http::Response sign_out(web::Context& ctx, web::LiveHub& live)
{
    const SignedOut done = ctx.write([&](db::Transaction& tx) {
        actions::end_session(tx, ctx.session_hash());
        const bool keeps = !ctx.visitor().is_guest() && !ctx.is_public_computer();
        return SignedOut{.kept = keeps ? web::keep_unsent(tx, ctx) : 0,
            .ringing = ctx.visitor().is_staff() ? actions::give_back_all(tx, ctx.act(), ctx.visitor().user_id) : 0};
    });
    if (!ctx.visitor().is_guest())
        ctx.log_security({.event = "session_ended"});
    live.end_session(ctx.session_hash());
    ctx.set_cookie(session_cookie, "", 0);
    ctx.flash(flash_of(done));
    http::Response response = http::redirect(urls::sign_in());
    // Storage is what scripts kept in the browser. Not elsewhere: there the theme and the sounds of a device are kept,
    // too.
    response.header("Clear-Site-Data", ctx.is_public_computer() ? R"("cache", "storage")" : R"("cache")");
    return response;
}

} // namespace pages::public_
