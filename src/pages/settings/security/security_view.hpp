#pragma once
// What the pages of the second factor share.

#include "pages/settings/own_password.hpp"
#include "pages/settings/security/security_views.hpp"
#include "sign_in/factor/second_factor.hpp"
#include "web/context.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pages::settings {

/// The salt of the form; a new one when it has none.
std::string salt_in(const http::Request& request);
/// The same for the same salt, so that nothing is stored before the user has shown a code of it. Only this site can
/// make it, and of a user's salt nobody else's secret.
std::string offered_secret(const web::Context& ctx, std::string_view salt);

/// The page for this visitor. Nobody keeps what it shows, not even the site for the Back button.
http::Response draw_security(web::Context& ctx, const web::FormErrors& errors = {}, const OwnPassword& password = {},
    http::Status status = http::Status::Ok);
/// The form again, with these errors.
http::Response refuse_security(web::Context& ctx, const web::FormErrors& errors, const OwnPassword& password);
/// Check the field for the current password.
OwnPassword check_current_password(web::Context& ctx);

/// Recovery codes for this session, which is shown them. Password lane only.
struct MadeCodes
{
    explicit MadeCodes(const web::Context& ctx);
    sign_in::RecoveryCodes stored() const { return {.salt = salt, .hashes = hashes, .shown_to = shown_to}; }

    std::string salt;
    std::vector<std::string> hashes;
    std::string_view shown_to;
};

} // namespace pages::settings
