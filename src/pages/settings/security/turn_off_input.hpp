#pragma once

#include "pages/settings/security/security_view.hpp"
#include "sign_in/password_rules.hpp"
#include "web/context.hpp"

#include <string>

namespace pages::settings {

/// What the form that turns the second step off asks for; use it only when nothing is refused.
struct TurnOff
{
    RefusedSecurity refused;
    /// Empty: the password stays as it is.
    std::string new_password = {};
};

/// Read the form. The password stays alone: a short one was long enough beside a code only. The page then asks for a
/// longer one, too, and that comes with the form. Password lane only.
TurnOff read_turn_off(web::Context& ctx, const sign_in::PasswordLengths& lengths);

} // namespace pages::settings
