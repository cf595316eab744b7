#pragma once

#include "web/context.hpp"

namespace pages::customer {

/// GET /: guests see what the site does, customers their home; staff are sent to their desk. Without a session cookie
/// it runs on the io thread, so a guest's page needs no database.
http::Response front(web::Context& ctx, const bool& takes_registrations);

} // namespace pages::customer
