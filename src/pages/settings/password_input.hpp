#pragma once

#include "pages/settings/own_password.hpp"
#include "sign_in/password_rules.hpp"
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

/// What the visitor's own new password must be like.
sign_in::PasswordRule rule_for_visitor(web::Context& ctx, const sign_in::PasswordLengths& lengths);
/// Read the form, whose new password must be like this, and check the current one. Password lane only.
PasswordInput read_password(web::Context& ctx, const sign_in::PasswordRule& rule);

} // namespace pages::settings
