#pragma once
// Data for the template settings/password.html.

#include "web/forms/form.hpp"
#include "web/page.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace pages::settings {

/// templates/settings/password.html
struct PasswordView
{
    web::Page page;
    web::FormErrors errors;
    std::size_t fewest_characters = 0;
    /// Staff reset the password; no other page opens until it is changed.
    bool is_forced = false;
    /// The page of a form that was not sent for that; empty when there is none.
    std::string waiting_page = {};
};

} // namespace pages::settings
