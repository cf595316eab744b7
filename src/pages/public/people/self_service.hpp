#pragma once

#include "sign_in/password_rules.hpp"

namespace pages::public_ {

/// What people may do about their sign-in without calling us; from the settings.
struct SelfService
{
    /// The site sends mail, so that a forgotten password can be replaced by a link.
    bool has_mail = false;
    /// Anybody may ask for a sign-in.
    bool takes_registrations = false;
    sign_in::PasswordLengths passwords = {};
};

} // namespace pages::public_
