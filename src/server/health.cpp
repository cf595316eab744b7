#include "server/health.hpp"

#include "base/error.hpp"
#include "server/version.hpp"

#include <fmt/format.h>

namespace server {

namespace {

void only_for_operations(const http::Request& request)
{
    if (!request.is_from_operations())
        throw base::NotFound("operations pages are for this machine and its proxies");
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
    only_for_operations(ctx.request());
    return plain(fmt::format(
        "ok\n{}\ngas-utility {} (commit {})\n", ctx.site().database.version(), program_version(), program_commit()));
}

http::Response ready(web::Context& ctx, const Services& services)
{
    only_for_operations(ctx.request());
    if (services.is_leaving)
        throw base::Unavailable("this process is about to end");
    // No exception: what was met is in the log once, and a proxy asks every second.
    if (ctx.site().database.is_damaged()) {
        http::Response damaged = plain("the database is damaged; see the log\n");
        damaged.status = http::Status::ServiceUnavailable;
        return damaged;
    }
    ctx.db().query("SELECT 1").integer();
    ctx.release();
    // The way a write takes, up to its commit; a server that only reads refuses it.
    ctx.write([](db::Transaction& tx) { tx.apply("DELETE FROM service_submission WHERE fingerprint = ''"); });
    return plain("ready\n" + ctx.site().database.version() + "\n");
}

} // namespace server
