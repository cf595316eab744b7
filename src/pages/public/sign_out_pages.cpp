#include "actions/sign_in.hpp"
#include "pages/public/session_start.hpp"
#include "pages/public/sign_in_pages.hpp"
#include "pages/shared/urls.hpp"

namespace pages::public_ {

http::Response sign_out(web::Context& ctx, web::LiveHub& live)
{
    ctx.write([&](db::Transaction& tx) { actions::end_session(tx, ctx.session_hash()); });
    live.end_session(ctx.session_hash());
    ctx.set_cookie(session_cookie, "", 0);
    ctx.flash("signed-out");
    return http::redirect(urls::sign_in());
}

} // namespace pages::public_
