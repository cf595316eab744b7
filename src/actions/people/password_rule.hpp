#pragma once

#include "db/connection.hpp"
#include "sign_in/password_rules.hpp"
#include "users/user.hpp"

#include <string_view>

namespace actions {

/// What the site asks of new passwords.
struct PasswordPolicy
{
    sign_in::PasswordLengths lengths = {};
    std::string_view site_name = {};
};
/// What a new password of this user must be like, whoever chooses it. A person who is no user yet has the id zero.
sign_in::PasswordRule password_rule_of(db::Connection& db, const users::User& user, const PasswordPolicy& policy);

} // namespace actions
