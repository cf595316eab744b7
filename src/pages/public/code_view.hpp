#pragma once

#include "base/error.hpp"
#include "pages/public/session_start.hpp"
#include "pages/public/views.hpp"

namespace pages::public_ {

/// The page that asks for the code.
http::Response draw_code(web::Context& ctx, CodeView view, http::Status status);
/// The same after a code that was not taken (422).
http::Response refuse_code(
    web::Context& ctx, CodeView view, const actions::TypedCode& typed, CodeStart::Outcome outcome);
/// The same for somebody who has to wait (429).
http::Response refuse_code(web::Context& ctx, CodeView view, const base::TooManyAttempts& attempts);

} // namespace pages::public_
