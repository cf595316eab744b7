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

http::Response not_ready(std::string_view why)
{
    http::Response response = plain(fmt::format("{}\n", why));
    response.status = http::Status::ServiceUnavailable;
    return response;
}

std::string joined_names(const std::vector<Part>& parts)
{
    std::string names;
    for (const Part part : parts)
        names.append(names.empty() ? "" : ", ").append(name_of(part));
    return names;
}

} // namespace

http::Response health(web::Context& ctx)
{
    only_for_operations(ctx.request());
    return plain(fmt::format(
        "ok\n{}\ngas-utility {} (commit {})\n", ctx.site().database.version(), program_version(), program_commit()));
}

http::Response ready(web::Context& ctx, Services& services)
{
    only_for_operations(ctx.request());
    // No exceptions: what fails is in the log once, and a proxy asks every second.
    if (services.is_leaving)
        return not_ready("this process is about to end");
    if (ctx.site().database.is_damaged())
        return not_ready("the database is damaged; see the log");
    if (const auto failing = services.readiness.failing_parts(); !failing.empty())
        return not_ready(fmt::format("not ready: {}; see the log", joined_names(failing)));
    return plain("ready\n" + ctx.site().database.version() + "\n");
}

} // namespace server
