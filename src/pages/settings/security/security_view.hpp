#pragma once
// What the pages of the second factor share.

#include "pages/settings/own_password.hpp"
#include "pages/settings/security/security_views.hpp"
#include "sign_in/factor/second_factor.hpp"
#include "web/context.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pages::settings {

/// The salt from which this session's pages offer a second factor: the same in all its tabs, until one was turned on.
/// Made of the session's cookie, so that the database does not have it.
std::string salt_of_session(web::Context& ctx);
/// The salt of the form, which may be from an earlier session; that of the session when it has none.
std::string salt_in(web::Context& ctx);
/// The same for the same salt, so that nothing is stored before the user has shown a code of it. Only this site can
/// make it, and of a user's salt nobody else's secret.
std::string offered_secret(const web::Context& ctx, std::string_view salt);

/// A key that a page showed, with the step of the code that was typed for it.
struct ShownSecret
{
    std::string secret;
    std::int64_t step = 0;
};

/// The key for which the code in the form was typed: that of the form's salt, or that of the session, because a tab of
/// an earlier session shows another one and each of the two may be in the app. Nothing for a wrong code.
std::optional<ShownSecret> find_shown_secret(web::Context& ctx);

/// Why the form is shown again.
struct RefusedSecurity
{
    web::FormErrors errors = {};
    OwnPassword password = {};
    /// As in SecurityView.
    std::size_t longer_password = 0;
};
/// The page for this visitor. Nobody keeps what it shows, not even the site for the Back button.
http::Response draw_security(
    web::Context& ctx, const RefusedSecurity& refused = {}, http::Status status = http::Status::Ok);
/// The codes that this session is still shown; empty for none.
std::vector<std::string> shown_codes(web::Context& ctx);
/// The form again.
http::Response refuse_security(web::Context& ctx, const RefusedSecurity& refused);
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
