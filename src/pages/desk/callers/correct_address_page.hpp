#pragma once

#include "web/context.hpp"

namespace pages::desk {

/// Correct the address of an open service request: 303 to its page, or the page again with what is wrong (422).
http::Response correct_address(web::Context& ctx);

} // namespace pages::desk
