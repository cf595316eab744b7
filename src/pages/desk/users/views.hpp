#pragma once
// Data for the templates of users, prepared by the handlers.

#include "accounts/account.hpp"
#include "pages/desk/directory_requests.hpp"
#include "pages/desk/users/account_choice.hpp"
#include "pages/shared/request_state.hpp"
#include "users/user.hpp"
#include "web/forms/form.hpp"
#include "web/page.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace pages::desk {

/// templates/desk/users.html
struct UserListView
{
    struct Row
    {
        UserId id;
        std::string full_name;
        std::string initials;
        std::string username;
        std::string email;
        base::Role role = base::Role::Customer;
        bool is_active = true;
        /// Since the last right one; zero for a few.
        std::int64_t wrong_passwords = 0;
        std::string last_sign_in;
        std::string last_sign_in_exact;
    };
    web::Page page;
    std::string search;
    std::string role;
    std::string state;
    std::vector<Row> rows;
    /// What the page ignored of its web address.
    std::vector<base::Text> notes;
    std::string first_page;
    std::string next_page;
};

/// templates/desk/user.html: one user, or a new one (id zero).
struct UserView
{
    web::Page page;
    web::FormErrors errors;
    /// What the form holds; the rest of the page shows what is saved.
    users::User user;
    /// The hidden field "shown": what the form showed when it was made.
    std::string shown;
    std::string full_name;
    std::string phone;
    base::Role role = base::Role::Customer;
    bool is_active = true;
    /// The form holds what was typed before and is not saved yet.
    bool is_unsaved = false;
    /// May this visitor change the user at all, and the role.
    bool may_edit = false;
    bool may_set_role = false;
    std::vector<accounts::Account> accounts;
    RequestsCard requests;
    std::vector<shared::HistoryLine> history;
    std::string created;
    /// Somebody else who has the same email; empty for nobody.
    std::string same_email = {};
    /// As in UserInput.
    std::string email_asked = {};
    /// The day when the customer closed the profile; empty for an open one.
    std::string closed = {};
    /// Empty for never.
    base::Text last_sign_in;
    /// "12 wrong passwords since today, 3:10 PM"; empty for none.
    base::Text wrong_passwords;
    /// Until when new devices wait; empty when they need not.
    std::string wait;
    /// The hidden field "reset_seen": the newest reset of the password that the page knows of; zero for none.
    EventId last_reset;
    /// Who reset it after the page was shown, and when; empty for nobody.
    base::Text reset_before;
    /// The user signs in with a second factor, and this visitor may reset it.
    bool has_factor = false;
    bool may_reset_factor = false;
    /// Shown to whoever set it, for a while; empty otherwise.
    std::string temporary_password;
    /// What was typed to link an account.
    AccountChoice account;
    /// The hidden field "submission" of a new user.
    std::string submission;
    base::Text clash;
    /// Who changed it first, and when.
    base::Text clash_by;
    /// The change takes the user off the desk: which emergencies ring again then, and their ids for the form, which
    /// says yes with them.
    base::Text rings = {};
    std::string ringing = {};
};

} // namespace pages::desk
