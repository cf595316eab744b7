#pragma once

#include "pages/shared/views.hpp"
#include "web/forms/draft.hpp"

#include <string>

namespace pages::shared {

/// Read the crew's questions from a form or a kept draft; see leaks::known_answers().
inline LeakQuestions read_leak_questions(const web::Fields& fields)
{
    return {.answers = leaks::known_answers({.place = std::string(web::field_of(fields, "place")),
                .strength = std::string(web::field_of(fields, "strength")),
                .unable_to_leave = std::string(web::field_of(fields, "unable_to_leave"))})};
}

} // namespace pages::shared
