#include "actions/emergencies/give_back_emergency.hpp"
#include "actions/sign_in.hpp"
#include "pages/public/session_start.hpp"
#include "pages/public/sign_in_pages.hpp"
#include "pages/shared/urls.hpp"
#include "sign_in/session.hpp"
#include "web/forms/draft.hpp"

#include <fmt/format.h>

#include <chrono>
#include <string>

namespace pages::public_ {

namespace {

/// Whoever used another device so lately has not left: their leaks stay in their hands.
constexpr std::chrono::minutes still_at_work{30};

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
    const base::Visitor& visitor = ctx.visitor();
    const SignedOut done = ctx.write([&](db::Transaction& tx) {
        actions::end_session(tx, ctx.session_hash());
        const bool keeps = !visitor.is_guest() && !ctx.is_public_computer();
        const bool gives_back = visitor.is_staff() && !sign_in::is_signed_in_elsewhere(tx, visitor.user_id,
                                                          ctx.session_hash(), ctx.now() - still_at_work);
        return SignedOut{.kept = keeps ? web::keep_unsent(tx, ctx) : 0,
            .ringing = gives_back ? actions::give_back_all(tx, ctx.act(), visitor.user_id) : 0};
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
