#pragma once

#include "web/context.hpp"

#include <optional>

namespace pages::public_ {

/// Take the gas leak of a form for a new service request, a customer's or a caller's, that cannot be carried out:
/// somebody else is signed in, the page is too old, or a new password is due. 303 to the private page of the report. It
/// belongs to its typist when that is the customer who is signed in, and else to nobody: a caller's does not count as
/// written down by whoever sits here now, who sees no more than was in the form. Nothing when the form is no leak's, or
/// was carried out before.
std::optional<http::Response> take_leak_instead(web::Context& ctx, UserId typist);

} // namespace pages::public_
