#pragma once

#include "pages/public/views.hpp"
#include "web/context.hpp"

#include <string>

namespace pages::public_ {

/// Read the sign-in page's form, with the text that it carries for another form; not the password.
SignInView read_sign_in(const http::Request& request);
/// Carry the typed text of a form whose session has ended; signing in continues at `next`.
SignInView carry_form(const http::Request& request, std::string next);
/// Keep the carried text for its form, as a draft of the user who signs in. Not when that form was carried out after
/// all and only its answer was lost with the session.
void keep_text(db::Transaction& tx, UserId user, const http::Request& request, base::Time now);

} // namespace pages::public_
