#pragma once
// A temporary password is made of a salt, which is stored, and of the cookie of whoever sets it, which is not: only
// that browser can show it again (users/shown_password.hpp).

#include "base/ids.hpp"
#include "web/context.hpp"

#include <string>
#include <string_view>

namespace pages::desk {

/// A salt for a new one.
std::string new_password_salt();
/// Make the password: easy to read out, of letters and digits that nobody mistakes, in groups.
std::string temporary_password(const web::Context& ctx, std::string_view salt);
/// The user's temporary password, if this visitor has set it a short while ago; empty otherwise.
std::string find_temporary_password(web::Context& ctx, UserId user);

} // namespace pages::desk
