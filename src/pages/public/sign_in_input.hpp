#pragma once

#include "http/request.hpp"
#include "pages/public/views.hpp"

namespace pages::public_ {

/// Read the sign-in page's form; not the password.
SignInView read_sign_in(const http::Request& request);

} // namespace pages::public_
