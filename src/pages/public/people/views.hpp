#pragma once
// Data for the templates of public/ about one's own sign-in.

#include "registrations/registration.hpp"
#include "web/forms/form.hpp"
#include "web/page.hpp"
#include "web/parts.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace pages::public_ {

/// One field of a form for one line.
struct LineField
{
    std::string_view name;
    base::MessageId label;
    std::string_view autocomplete;
    /// The attribute inputmode.
    std::string_view keyboard = "text";
    bool is_required = true;
    /// No capital letters and no spelling.
    bool is_plain = false;
    bool has_hint = false;
    base::MessageId hint = {""};
};
inline constexpr LineField first_name_field = {"first_name", base::MessageId("First name"), "given-name"};
inline constexpr LineField last_name_field = {"last_name", base::MessageId("Last name"), "family-name"};
inline constexpr LineField email_field = {"email", base::MessageId("Email"), "email", "email", true, true, true,
    base::MessageId("We send a link there to finish. You can sign in with it, too.")};
inline constexpr LineField username_field = {
    "username", base::MessageId("User name (you may leave it empty)"), "username", "text", false, true};
inline constexpr LineField account_field = {"account", base::MessageId("Account number"), "off", "numeric", false, true,
    true, base::MessageId("10 digits, at the top right of every bill. Spaces and dashes are fine.")};
inline constexpr LineField zip_field = {"zip", base::MessageId("ZIP code of the service address"), "postal-code",
    "numeric", false, true, true, base::MessageId("So that only somebody who knows the address can link the account.")};

inline constexpr web::PasswordField chosen_password_field = {
    "password", base::MessageId("Choose a password"), "new-password", true};

/// templates/public/reset_ask.html
struct ResetAskView
{
    web::Page page;
    web::FormErrors errors;
    /// User name or email, as it was typed.
    std::string who;
    bool has_mail = false;
};

/// templates/public/reset_choose.html
struct ResetChooseView
{
    web::Page page;
    web::FormErrors errors;
    std::string token;
    std::string username;
    std::size_t fewest_characters = 0;
};

/// templates/public/mail_link_over.html
struct MailLinkOverView
{
    web::Page page;
    /// Where another one is asked for.
    std::string_view again;
};

/// templates/public/new_sign_in.html
struct RegisterView
{
    web::Page page;
    web::FormErrors errors;
    /// As typed; password_hash is not shown.
    registrations::Registration typed;
    std::size_t fewest_characters = 0;
};

/// templates/public/confirm.html
struct ConfirmView
{
    web::Page page;
    web::FormErrors errors;
    std::string token;
    std::string email;
    /// As typed; shown when another one must be chosen.
    std::string username;
    bool asks_for_username = false;
};

} // namespace pages::public_
