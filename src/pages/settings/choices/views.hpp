#pragma once
// Data for the templates settings/choices*.html and settings/switch_off.html.

#include "base/translatable.hpp"
#include "web/forms/form.hpp"
#include "web/page.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pages::settings {

/// A check box: one occasion in one place.
struct ChoiceBox
{
    /// "mail_replied".
    std::string name;
    base::Text words;
    bool is_on = false;
};

/// The form for the own choices, as it was filled in.
struct TypedChoices
{
    std::vector<ChoiceBox> site;
    std::vector<ChoiceBox> mail;
    /// As notifications::pace_name() says.
    std::string pace;
    /// "08:30", as the browser's field for a time sends it.
    std::string digest_at;
    std::string quiet_from;
    std::string quiet_until;
    std::string time_zone;
    /// Of the choices that the form was made from.
    std::int64_t version = 0;
    web::FormErrors errors;
};

/// templates/settings/choices.html, inside the customer's or the staff's frame.
struct ChoicesView
{
    web::Page page;
    TypedChoices form;
    /// Where mail goes; empty for nowhere.
    std::string email;
    /// The site sends none.
    bool has_no_mail = false;
    std::span<const std::string> zones_of_usa;
    std::span<const std::string> zones_elsewhere;
    /// They were changed after the form was made.
    bool is_clash = false;
};

/// templates/settings/switch_off.html
struct SwitchOffView
{
    web::Page page;
    /// Of the address.
    std::string token;
    /// Which mail.
    base::Text what;
    bool is_done = false;
};

} // namespace pages::settings
