#pragma once

#include "web/context.hpp"

#include <fmt/format.h>

#include <string_view>

namespace pages::settings {

/// Keep a choice in the visitor's browser for a year. By the plain name also behind TLS: pages are drawn with it before
/// anything is known about the visitor.
inline void keep_in_browser(web::Context& ctx, std::string_view name, std::string_view value)
{
    ctx.set_cookies().push_back(fmt::format(
        "{}={}; Path=/; HttpOnly; Max-Age=31536000; SameSite=Lax{}", name, value, ctx.is_secure() ? "; Secure" : ""));
}

} // namespace pages::settings
