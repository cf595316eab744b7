#pragma once
// Data for the templates of accounts, prepared by the handlers.

#include "accounts/account.hpp"
#include "accounts/asks.hpp"
#include "pages/desk/directory_requests.hpp"
#include "pages/shared/request_state.hpp"
#include "web/forms/form.hpp"
#include "web/page.hpp"

#include <string>
#include <vector>

namespace pages::desk {

/// templates/desk/accounts.html
struct AccountListView
{
    web::Page page;
    std::string search;
    std::vector<accounts::Account> rows;
    /// What the page ignored of its web address.
    std::vector<base::Text> notes;
    std::string first_page;
    std::string next_page;
};

/// templates/desk/account.html: one account, or a new one (id zero).
struct AccountView
{
    web::Page page;
    web::FormErrors errors;
    AccountId id;
    /// As it is saved, whatever the form holds.
    std::string number;
    accounts::AccountForm form;
    /// The hidden field "shown": what the form showed when it was made.
    std::string shown;
    /// The hidden field "submission" of a new account.
    std::string submission;
    /// The form holds what was typed before and is not saved yet.
    bool is_unsaved = false;
    std::vector<accounts::LinkedUser> users;
    /// Who waits for the holder's answer.
    std::vector<accounts::Ask> asks;
    RequestsCard requests;
    std::vector<shared::HistoryLine> history;
    /// What was typed into the link form.
    std::string username;
    base::Text clash;
    /// Who changed it first, and when.
    base::Text clash_by;
};

} // namespace pages::desk
