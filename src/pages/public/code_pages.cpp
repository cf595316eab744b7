#include "pages/public/code_pages.hpp"

#include "base/text.hpp"
#include "pages/public/code_view.hpp"
#include "pages/public/sign_in_pages.hpp"
#include "pages/shared/urls.hpp"
#include "web/local_path.hpp"

#include <fmt/format.h>

namespace pages::public_ {

namespace {

CodeView view_of(std::optional<std::string_view> next, std::optional<std::string_view> typist)
{
    return {.next = web::local_path(next.value_or("")),
        .typist = UserId{base::parse_integer(typist.value_or("")).value_or(0)}};
}

} // namespace

http::Response lead_to_code(const std::string& next, UserId typist)
{
    const std::string query = "?next=" + base::percent_encode(next);
    return http::redirect(urls::sign_in_code(typist ? fmt::format("{}&typist={}", query, typist.value) : query));
}

http::Response code_form(web::Context& ctx)
{
    CodeView view = view_of(ctx.request().query_value("next"), ctx.request().query_value("typist"));
    if (!ctx.visitor().is_guest())
        return http::redirect(ctx.visitor().is_staff() ? urls::desk() : urls::front());
    if (!waits_for_code(ctx))
        return http::redirect(urls::sign_in_before(view.next));
    return draw_code(ctx, std::move(view), http::Status::Ok);
}

http::Response sign_in_with_code(web::Context& ctx, const SelfService& service)
{
    const http::Request& request = ctx.request();
    CodeView view = view_of(request.form_value("next"), request.form_value("typist"));
    CodeStart start;
    const auto typed = actions::read_code(
        base::trim(request.form_value("code").value_or("")), base::trim(request.form_value("recovery").value_or("")));
    try {
        start = start_session_with_code(ctx, typed);
    } catch (const base::TooManyAttempts& attempts) {
        return refuse_code(ctx, std::move(view), attempts);
    }
    if (start.outcome == CodeStart::Outcome::Ended)
        return ask_to_sign_in_anew(ctx, service, view.next, view.typist);
    if (start.outcome != CodeStart::Outcome::Started)
        return refuse_code(ctx, std::move(view), typed, start.outcome);
    if (const auto left = start.codes_left)
        ctx.flash(*left == 0 ? "recovery-code-last" : fmt::format("recovery-code-used.{}", *left));
    return lead_on(ctx, *start.user, view.next, view.typist);
}

} // namespace pages::public_
