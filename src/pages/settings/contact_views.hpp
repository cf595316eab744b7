#pragma once
// Data for the templates settings/own*.html.

#include "accounts/account.hpp"
#include "web/forms/form.hpp"
#include "web/page.hpp"

#include <string>
#include <vector>

namespace pages::settings {

/// templates/settings/own.html, inside the customer's or the staff's frame.
struct OwnView
{
    web::Page page;
    web::FormErrors errors;
    std::vector<accounts::Account> accounts;
    std::string username;
    std::string phone;
    std::string email;
    bool is_unavailable = false;
};

} // namespace pages::settings
