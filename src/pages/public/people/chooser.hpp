#pragma once

#include "pages/public/people/self_service.hpp"
#include "users/user.hpp"
#include "web/context.hpp"
#include "web/forms/form.hpp"

#include <optional>

namespace pages::public_ {

/// Who chooses a password with a mailed link.
struct Chooser
{
    users::User user;
    sign_in::PasswordRule rule;
};
/// Nothing when the link in the path works no more, also because the user's email is another one by now.
std::optional<Chooser> find_chooser(web::Context& ctx, const SelfService& service);
/// What is wrong with the new password in the form.
web::FormErrors check_new_password(const http::Request& request, const sign_in::PasswordRule& rule);

} // namespace pages::public_
