#pragma once

#include "web/forms/form.hpp"
#include "web/page.hpp"
#include "web/parts.hpp"

#include <string>
#include <utility>
#include <vector>

namespace pages::desk {

inline constexpr web::PasswordField confirm_password_field = {
    "confirm_password", base::MessageId("Password"), "current-password"};

/// templates/desk/confirm.html
struct ConfirmView
{
    web::Page page;
    web::FormErrors errors;
    /// Where the form goes; empty for the page's own address.
    std::string path;
    /// What was sent and is sent again.
    std::vector<std::pair<std::string, std::string>> fields;
    /// A code will do, too.
    bool has_factor = false;
    /// Where somebody who signs in at a provider, and may have no password here, does so again; empty for others.
    std::string provider_url = {};
    /// Where a form was typed it waits for the answer; a page is only opened.
    bool is_form = true;
};

} // namespace pages::desk
