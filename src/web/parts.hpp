#pragma once
// Data for the partial templates of templates/partials, filled in by handlers.

#include "base/translatable.hpp"
#include "web/html.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace web {

/// Links to the neighboring pages of a list; an empty URL means that there is none.
struct Pager
{
    std::string newer;
    base::Text newer_text{base::MessageId("Newer")};
    std::string older;
    base::Text older_text{base::MessageId("Older")};
};

/// What a list shows when it has no rows.
struct Empty
{
    base::Text title;
    base::Text text;
    /// Words and URL of the one action; empty for none.
    base::Text action;
    std::string url;
};

/// A field for a password.
struct PasswordField
{
    std::string_view name;
    base::MessageId label;
    /// What a password manager may put there.
    std::string_view autocomplete;
    /// The page says the rule for it, in the element "password-rule".
    bool has_rule = false;
};
inline constexpr PasswordField password_field = {"password", base::MessageId("Password"), "current-password"};
inline constexpr PasswordField current_password_field = {
    "current_password", base::MessageId("Current password"), "current-password"};
inline constexpr PasswordField new_password_field = {
    "new_password", base::MessageId("New password"), "new-password", true};
inline constexpr PasswordField new_password_again_field = {
    "new_password_again", base::MessageId("New password again"), "new-password"};

/// Text from a refused form.
struct KeptText
{
    std::string name;
    base::Text label;
    std::string text;
};

/// Words that were drawn in one language, for a page that says them in several.
struct InLanguage
{
    std::string_view tag;
    SafeHtml words;
};

/// An error page: what happened, what it means and what to do.
struct ErrorPage
{
    int status = 500;
    base::Text title;
    base::Text text;
    /// The code that is also in the log; empty when there is nothing to look up.
    std::string reference;
    /// Words and URL of the next step ("Open the form again"); empty for none.
    base::Text action;
    std::string address;
    std::vector<KeptText> kept;
};

} // namespace web
