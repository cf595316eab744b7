#pragma once

#include "pages/public/views.hpp"
#include "web/context.hpp"

namespace pages::public_ {

/// GET /emergency/: what to do now, whom to call, and then a form. Needs no database, script or cookie.
http::Response emergency_form(web::Context& ctx);
/// POST /emergency/: 303 to the private page of the report; the form again with 422 or 503 and all text kept. Never
/// refused by a quota; only the place is required.
/// 400 and whom to call when the body could not be read.
http::Response report_leak(web::Context& ctx);
/// Take a report that was read from a form: POST /emergency/ and forms whose session has ended.
http::Response take_leak(web::Context& ctx, const TypedLeak& typed);
/// GET /emergency/report/{token}/: the report for anybody who has its link; 410 and what to do now for a link that has
/// ended or was withdrawn. Throws base::NotFound.
http::Response follow_leak(web::Context& ctx);

} // namespace pages::public_
