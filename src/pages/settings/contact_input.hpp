#pragma once

#include "pages/settings/contact_views.hpp"
#include "pages/settings/own_password.hpp"
#include "web/context.hpp"

namespace pages::settings {

/// New contact details of the visitor; use them only when `typed` has no errors.
struct ContactInput
{
    TypedContact typed;
    /// Untouched when the email stays, which needs no password.
    OwnPassword current;
    /// Somebody changed the details after the form was made; the password was not checked then.
    bool is_stale = false;
};

/// Read the form, and check the current password when the email changes.
ContactInput read_contact(web::Context& ctx);

} // namespace pages::settings
