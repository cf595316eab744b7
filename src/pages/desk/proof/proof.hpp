#pragma once
// pages/desk/proof/ asks for the password, or a code, once more before what is dangerous: a session that was left open
// is then not enough.

#include "web/context.hpp"

#include <optional>

namespace pages::desk {

/// Ask whoever sends this form for the password or a code, unless one was typed in this session a short while ago
/// (web::proof_lasts). Nothing: go on with the form. Otherwise the answer: a page that sends the very same form again
/// with the password (403; 422 after a wrong one, 429 after too many). Releases the snapshot; on a lane for passwords
/// only, and before anything of the form is carried out.
std::optional<http::Response> ask_for_proof(web::Context& ctx);
/// The same for a page that is only opened (403): it asks, then leads there.
std::optional<http::Response> ask_before_page(web::Context& ctx);

/// POST /admin/confirm/ (`confirm_password` or `confirm_code`, `next`): leads to `next`; 422 or 429 as above. Password
/// lane.
http::Response confirm(web::Context& ctx);

} // namespace pages::desk
