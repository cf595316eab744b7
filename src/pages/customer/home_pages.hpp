#pragma once

#include "web/context.hpp"

namespace pages::customer {

/// GET /: guests read what this is, customers see their home, staff go to their desk. Without a session cookie it runs
/// on the io thread, so a guest's page asks no database.
http::Response front(web::Context& ctx);

} // namespace pages::customer
