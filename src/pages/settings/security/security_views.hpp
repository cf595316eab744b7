#pragma once
// Data for the templates settings/security*.html.

#include "pages/settings/security/qr_code.hpp"
#include "web/forms/form.hpp"
#include "web/page.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace pages::settings {

/// What an app needs for a second factor that is not on yet.
struct OfferedFactor
{
    /// The hidden field "salt", of which the site makes the secret again.
    std::string salt;
    /// In groups of four, for typing.
    std::string secret;
    QrCode qr;
};

/// templates/settings/security*.html
struct SecurityView
{
    web::Page page;
    web::FormErrors errors;
    bool is_on = false;
    /// No other page opens until it is on.
    bool is_forced = false;
    /// The visitor's role needs it: it cannot be turned off.
    bool is_required = false;
    /// Turning it on asks for the password, too.
    bool asks_password = false;
    OfferedFactor offer;
    std::string since;
    std::int64_t codes_left = 0;
    /// Recovery codes that are still shown; empty when they are kept.
    std::vector<std::string> codes = {};
    /// How long a new password must be that goes without the second step; zero where none is asked for.
    std::size_t longer_password = 0;
    /// Where to go on afterwards; empty for nowhere.
    std::string waiting_page = {};
};

} // namespace pages::settings
