#include "pages/public/leak_instead.hpp"

#include "pages/public/emergency_pages.hpp"
#include "pages/public/leak_input.hpp"
#include "pages/shared/urls.hpp"
#include "service_requests/private_link.hpp"

namespace pages::public_ {

std::optional<http::Response> take_leak_instead(web::Context& ctx, UserId typist)
{
    if (!is_new_leak(ctx))
        return std::nullopt;
    if (typist != ctx.visitor().user_id)
        ctx.set_session({}, {});
    if (const auto leak = read_leak_of_ended_session(ctx, typist))
        return take_leak(ctx, *leak);
    // A double click: its first press was taken here, too.
    const std::string token = follow_token(ctx);
    if (service_requests::find_followed(ctx.db(), token, ctx.now()))
        return http::redirect(urls::leak_report(token));
    return std::nullopt;
}

} // namespace pages::public_
