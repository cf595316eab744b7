#pragma once
// What the templates of accounts/ take.

#include "accounts/account.hpp"
#include "web/form.hpp"
#include "web/page.hpp"

#include <string>
#include <vector>

namespace accounts {

/// templates/accounts/own.html, inside the customer's or the staff's frame.
struct OwnView
{
    web::Page page;
    web::FormErrors errors;
    std::vector<Account> accounts;
    std::string username;
    std::string phone;
    std::string email;
    bool is_unavailable = false;
};

} // namespace accounts
