#pragma once

#include "web/context.hpp"

namespace pages::desk {

/// The form for what somebody asks for on the phone.
http::Response new_call(web::Context& ctx);
/// Submit a service request for a caller, with an internal note if there is one.
http::Response submit_call(web::Context& ctx);

} // namespace pages::desk
