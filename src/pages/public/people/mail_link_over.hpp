#pragma once

#include "web/context.hpp"

#include <string_view>

namespace pages::public_ {

/// The page behind a mailed link that was used, has ended or never was (404); `again`: where another one is asked for.
http::Response show_mail_link_over(web::Context& ctx, std::string_view again);

} // namespace pages::public_
