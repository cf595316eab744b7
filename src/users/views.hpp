#pragma once
// What the templates of users/ take.

#include "web/form.hpp"
#include "web/page.hpp"

#include <string>
#include <utility>
#include <vector>

namespace users {

/// templates/users/sign_in.html
struct SignInView
{
    web::Page page;
    web::FormErrors errors;
    std::string username;
    /// Where to go after signing in: a path of ours.
    std::string next;
    /// The session ended while a form was filled in: its text travels along and is there again afterwards.
    bool has_ended = false;
    std::vector<std::pair<std::string, std::string>> kept;
    /// Where that form is sent to, and what was sent (web::submission_content).
    std::string kept_form;
    std::string kept_content;
    bool files_are_lost = false;
};

/// templates/users/password.html
struct PasswordView
{
    web::Page page;
    web::FormErrors errors;
    /// The password was reset by staff; nothing else is open until it is changed.
    bool is_forced = false;
};

} // namespace users
