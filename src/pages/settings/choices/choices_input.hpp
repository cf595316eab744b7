#pragma once

#include "notifications/choice.hpp"
#include "pages/settings/choices/views.hpp"
#include "web/forms/draft.hpp"

namespace pages::settings {

/// Choices of the visitor; use them only when `typed` has no errors.
struct ChoicesInput
{
    TypedChoices typed;
    notifications::Choices choices;
};

/// Read the fields of the form for whoever is asked what `usual` has, also those of a draft.
ChoicesInput read_choices(const web::Fields& form, std::span<const notifications::Choice> usual);
/// The form that shows what is saved.
TypedChoices typed_of(const notifications::Choices& saved);

/// Words for an occasion whose notification or mail can be switched off.
base::Text words_of(notifications::Occasion occasion);

} // namespace pages::settings
