#include "app/health.hpp"

#include "base/error.hpp"

namespace app {

namespace {

void only_from_here(const http::Request& request)
{
    if (!request.remote_address.starts_with("127.") && request.remote_address != "::1")
        throw base::NotFound("operations pages are for this machine");
}

http::Response plain(std::string text)
{
    http::Response response;
    response.content_type = "text/plain; charset=utf-8";
    response.header("Cache-Control", "no-store");
    response.body = std::move(text);
    return response;
}

} // namespace

http::Response health(web::Context& ctx)
{
    only_from_here(ctx.request());
    return plain("ok\n" + ctx.site().database.version() + "\n");
}

http::Response ready(web::Context& ctx)
{
    only_from_here(ctx.request());
    ctx.db().query("SELECT 1").integer();
    return plain("ready\n" + ctx.site().database.version() + "\n");
}

} // namespace app
