#pragma once

#include "pages/settings/own_password.hpp"
#include "web/context.hpp"
#include "web/forms/form.hpp"

#include <string>

namespace pages::settings {

/// A new password for oneself; use it only when there are no errors.
struct PasswordInput
{
    web::FormErrors errors;
    OwnPassword current;
    std::string new_password;
};

/// Read the form and check the current password. Password lane only.
PasswordInput read_password(web::Context& ctx);

} // namespace pages::settings
