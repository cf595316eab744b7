#pragma once

#include "pages/desk/callers/caller_matches.hpp"
#include "pages/shared/views.hpp"
#include "web/forms/form.hpp"
#include "web/page.hpp"

#include <string>
#include <vector>

namespace pages::desk {

/// The fields of the form for a caller's service request, as they were typed.
struct TypedCall
{
    std::string type;
    /// An account number or a user name; may be empty.
    std::string customer;
    std::string name;
    std::string phone;
    std::string address;
    std::string description;
    std::string note;
    shared::LeakQuestions leak;
    web::FormErrors errors;
};

/// templates/desk/call.html
struct CallView
{
    web::Page page;
    TypedCall form;
    /// Nothing could be saved at the moment; the form is unchanged.
    bool is_unavailable = false;
    std::vector<shared::TypeCard> types;
    /// The hidden field "submission".
    std::string submission;
    /// Whom what is typed fits, as the button "Find the customer" asks.
    CallerMatches callers = {};
};

} // namespace pages::desk
