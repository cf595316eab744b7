#pragma once
// Data for the template settings/close.html.

#include "web/forms/form.hpp"
#include "web/page.hpp"

namespace pages::settings {

/// templates/settings/close.html
struct CloseView
{
    web::Page page;
    web::FormErrors errors;
    /// A leak of the visitor is open: first of all they call.
    bool has_open_emergency = false;
};

} // namespace pages::settings
