#pragma once

#include "registrations/registration.hpp"
#include "web/context.hpp"
#include "web/forms/form.hpp"

#include <string>

namespace pages::public_ {

/// What somebody typed behind the link that confirms a registration; use it only when there are no errors.
struct ConfirmInput
{
    /// With the user name that it gets.
    registrations::Registration registration;
    std::string password;
    web::FormErrors errors;
    /// The user name that was wanted is somebody's: the form asks for another one.
    bool asks_for_username = false;
};
/// Read the form and check the password, which counts when it is wrong. Password lane only.
ConfirmInput read_confirmation(web::Context& ctx, const registrations::Registration& wanted);
/// Add the error of a user name that is somebody's.
void refuse_taken_username(ConfirmInput& input);

} // namespace pages::public_
