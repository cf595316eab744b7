#pragma once
// Data for the templates settings/own*.html.

#include "accounts/account.hpp"
#include "web/forms/form.hpp"
#include "web/page.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace pages::settings {

/// The fields of the form for the own contact details, as they were typed.
struct TypedContact
{
    std::string phone;
    std::string email;
    /// Of the user that the form was made from.
    std::int64_t version = 0;
    /// The hidden field "shown": what the form showed when it was made.
    std::string shown;
    web::FormErrors errors;
};

/// templates/settings/own.html, inside the customer's or the staff's frame.
struct OwnView
{
    web::Page page;
    TypedContact form;
    std::vector<accounts::Account> accounts;
    std::string username;
    /// As they are saved, whatever the form holds.
    std::string phone;
    std::string email;
    /// Somebody changed them after the form was made.
    bool is_clash = false;
};

} // namespace pages::settings
