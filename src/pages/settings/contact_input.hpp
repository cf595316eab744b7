#pragma once

#include "pages/settings/contact_views.hpp"
#include "pages/settings/own_password.hpp"
#include "users/user.hpp"
#include "web/context.hpp"
#include "web/forms/draft.hpp"

#include <string>

namespace pages::settings {

/// New contact details of the visitor; use them only when `typed` has no errors.
struct ContactInput
{
    TypedContact typed;
    /// Untouched when the email stays, which needs no password.
    OwnPassword current;
    /// Somebody else, or the visitor in another tab, changed a detail that this form changes too; the password was not
    /// checked then.
    bool is_clash = false;
};

/// Read the form, and check the current password when the email changes. What it leaves as it was shown is as it is
/// saved now.
ContactInput read_contact(web::Context& ctx);
/// What was typed before the session ended, over the user as it is saved. A change of the same detail made meanwhile is
/// a clash when it is sent.
TypedContact contact_of(const users::User& saved, const web::Fields& draft);
/// The hidden field "shown" of the form that changes `saved`.
std::string shown_of(const users::User& saved);

} // namespace pages::settings
