#pragma once

#include "base/translatable.hpp"
#include "sign_in/local_sign_in.hpp"
#include "sign_in/password_rules.hpp"

namespace oidc {
class Provider;
}

namespace pages::public_ {

/// What people may do about their sign-in without calling us; from the settings.
struct SelfService
{
    /// The site sends mail, so that a forgotten password can be replaced by a link.
    bool has_mail = false;
    /// Anybody may ask for a sign-in.
    bool takes_registrations = false;
    sign_in::PasswordLengths passwords = {};
    /// Where the staff may sign in instead; null for nowhere.
    oidc::Provider* provider = nullptr;
    sign_in::LocalSignIn local = sign_in::LocalSignIn::All;
};

} // namespace pages::public_
