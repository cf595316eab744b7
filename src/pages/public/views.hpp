#pragma once
// What the templates of public/ take: plain data, prepared by the handlers.

#include "pages/shared/views.hpp"
#include "web/forms/form.hpp"
#include "web/page.hpp"

#include <string>
#include <utility>
#include <vector>

namespace pages::public_ {

/// templates/public/emergency.html
struct EmergencyView
{
    web::Page page;
    web::FormErrors errors;
    bool is_unavailable = false;
    std::string name;
    std::string phone;
    std::string address;
    std::string notes;
    shared::LeakQuestions leak;
    std::string submission;
};

/// templates/public/follow.html
struct FollowView
{
    web::Page page;
    std::string reference;
    /// Path of this page, to be kept.
    std::string link;
    std::string address;
    shared::StateView state;
    std::vector<timeline::Item> items;
};

/// templates/public/sign_in.html
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

} // namespace pages::public_
