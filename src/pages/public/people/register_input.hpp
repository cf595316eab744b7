#pragma once

#include "pages/public/people/self_service.hpp"
#include "registrations/registration.hpp"
#include "web/context.hpp"
#include "web/forms/form.hpp"

#include <string>

namespace pages::public_ {

/// A registration as it was typed; use it only when there are no errors.
struct RegisterInput
{
    registrations::Registration typed;
    std::string password;
    web::FormErrors errors;
};
/// Read the form. Asks for nobody and for no account, so that neither answer nor time tells what there is.
RegisterInput read_registration(web::Context& ctx, const SelfService& service);
/// What a password of somebody with these names and this email must be like.
sign_in::PasswordRule rule_for_new_customer(
    web::Context& ctx, const registrations::Registration& typed, const SelfService& service);
/// What is wrong with a user name that somebody chooses; nothing for an empty one.
void check_username(web::FormErrors& errors, std::string_view username);

} // namespace pages::public_
