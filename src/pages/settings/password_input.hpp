#pragma once

#include "web/context.hpp"
#include "web/forms/form.hpp"

#include <string>

namespace pages::settings {

/// A new password for oneself; use it only when there are no errors.
struct PasswordInput
{
    web::FormErrors errors;
    /// The hash that the current password was checked against.
    std::string checked_hash;
    std::string new_password;
};

/// Read the form and check the current password. Throws base::TooManyAttempts. Heavy lane only.
PasswordInput read_password(web::Context& ctx);

} // namespace pages::settings
