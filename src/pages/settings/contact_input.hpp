#pragma once

#include "pages/settings/contact_views.hpp"
#include "web/context.hpp"

#include <string>

namespace pages::settings {

/// New contact details of the visitor; use them only when `typed` has no errors.
struct ContactInput
{
    TypedContact typed;
    /// The hash that the current password was checked against; empty when the email stays, which needs no password.
    std::string checked_hash;
};

/// Read the form, and check the current password when the email changes. Throws base::TooManyAttempts.
ContactInput read_contact(web::Context& ctx);

} // namespace pages::settings
