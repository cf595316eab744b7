#pragma once
// Data for the templates settings/sessions*.html.

#include "base/translatable.hpp"
#include "web/page.hpp"
#include "web/parts.hpp"

#include <string>
#include <vector>

namespace pages::settings {

/// A browser in which the visitor is signed in.
struct SessionRow
{
    /// What the form is sent to; no cookie and no key of the database.
    std::string name;
    base::Text device;
    bool is_mobile = false;
    /// The one that shows this page.
    bool is_this = false;
    bool is_public = false;
    /// The network address that it was begun from; empty when not known.
    std::string address;
    /// The one that the visitor has now.
    bool is_address_of_now = false;
    std::string since;
    std::string last_used;
};

/// What happened at the visitor's sign-in.
struct SignInRow
{
    base::Text what;
    /// Something that an owner should look at.
    bool is_warning = false;
    /// "Firefox, Windows"; empty when not known or not of a device.
    std::string device;
    std::string when;
    std::string when_iso;
    std::string when_exact;
};

/// templates/settings/sessions.html, inside the customer's or the staff's frame.
struct SessionsView
{
    web::Page page;
    std::vector<SessionRow> sessions;
    bool has_others = false;
    std::int64_t public_minutes = 0;
    std::vector<SignInRow> history;
    web::Pager pager;
};

} // namespace pages::settings
