#pragma once

#include "base/translatable.hpp"
#include "pages/desk/callers/caller_matches.hpp"
#include "pages/shared/views.hpp"
#include "web/forms/form.hpp"
#include "web/page.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pages::desk {

/// What choosing a customer filled in: another customer replaces it where nobody typed over it.
struct FilledIn
{
    /// Who was chosen, as the field "customer" has it; empty for nobody.
    std::string customer;
    std::string name;
    std::string phone;
    std::string address;
};

/// Asked when the address that was typed is none of the customer's.
struct WhereQuestion
{
    base::Text words;
    /// The typed one, then the customer's: each is a button that saves.
    std::vector<std::string> addresses;
    /// What was asked about: sent again unchanged, it is the answer.
    std::string about;
    bool is_leak = false;
};

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
    FilledIn filled;
    web::FormErrors errors;
    std::optional<WhereQuestion> where;
    /// Asked which of several customers this means: sent again unchanged, it is the one with this user name.
    std::string asked_who = {};
};

/// A form for another caller that was typed and not sent.
struct UnsentCall
{
    /// As it was typed; empty for nobody's.
    std::string caller;
    std::string when;
    std::string page;
};

/// templates/desk/call.html
struct CallView
{
    web::Page page;
    TypedCall form;
    /// Where the form is sent: what is typed for one customer is not kept for another.
    std::string action;
    /// Nothing could be saved at the moment; the form is unchanged.
    bool is_unavailable = false;
    std::vector<shared::TypeCard> types;
    /// The hidden field "submission".
    std::string submission;
    /// Whom what is typed fits, as the button "Find the customer" asks.
    CallerMatches callers = {};
    std::vector<UnsentCall> unsent = {};
};

} // namespace pages::desk
