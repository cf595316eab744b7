#pragma once
// What the templates of users/ take.

#include "web/forms/form.hpp"
#include "web/page.hpp"

#include <string>
#include <utility>
#include <vector>

namespace pages::settings {

/// templates/settings/password.html
struct PasswordView
{
    web::Page page;
    web::FormErrors errors;
    /// The password was reset by staff; nothing else is open until it is changed.
    bool is_forced = false;
};

} // namespace pages::settings
