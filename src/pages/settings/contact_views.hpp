#pragma once
// Data for the templates settings/own*.html.

#include "accounts/account.hpp"
#include "pages/shared/accounts/claim_input.hpp"
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

/// One of the visitor's accounts.
struct OwnAccount
{
    struct Other
    {
        UserId id;
        std::string name;
        /// The visitor sees their requests of the account.
        bool shares = false;
    };

    accounts::Account account;
    /// The others see the visitor's requests of it.
    bool shares = false;
    std::vector<Other> others;
    /// The visitor is its holder.
    bool is_holder = false;

    /// The id of the check box.
    std::string field() const { return "shares-" + std::to_string(account.id.value); }
};

/// Somebody asks to share an account whose holder the visitor is.
struct AskRow
{
    std::int64_t id = 0;
    std::string name;
    /// The end of its number.
    std::string account;
    std::string address;
    std::string when;
};

/// The form that claims another account, as it was typed.
struct ClaimForm
{
    shared::TypedClaim typed;
    web::FormErrors errors;
};

/// templates/settings/own.html, inside the customer's or the staff's frame.
struct OwnView
{
    web::Page page;
    TypedContact form;
    std::vector<OwnAccount> accounts;
    std::vector<AskRow> asks;
    ClaimForm claim;
    std::string username;
    /// As they are saved, whatever the form holds.
    std::string phone;
    std::string email;
    /// Somebody changed them after the form was made.
    bool is_clash = false;
    /// A new email that was not confirmed yet; empty for none.
    std::string wanted_email = {};
    /// False: a new email counts at once.
    bool has_mail = false;
};

/// templates/settings/email_confirm.html
struct EmailConfirmView
{
    web::Page page;
    std::string token;
    /// Empty: the link works no more.
    std::string email;
};

} // namespace pages::settings
