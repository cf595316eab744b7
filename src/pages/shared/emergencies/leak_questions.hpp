#pragma once

#include "base/text.hpp"
#include "pages/shared/views.hpp"
#include "web/forms/draft.hpp"

#include <cstdint>
#include <string>

namespace pages::shared {

/// Read the crew's questions from a form or a kept draft; see leaks::known_answers().
inline LeakQuestions read_leak_questions(const web::Fields& fields)
{
    return {.answers = leaks::known_answers({.place = std::string(web::field_of(fields, "place")),
                .strength = std::string(web::field_of(fields, "strength")),
                .unable_to_leave = std::string(web::field_of(fields, "unable_to_leave"))})};
}

/// What the form for a new service request showed as the address of this account ("8 14 Elm Street" in a hidden field):
/// the account may be gone by now. Empty when it showed none.
inline std::string shown_address(const web::Fields& fields, std::int64_t account)
{
    for (const auto& [name, value] : fields) {
        const auto blank = value.find(' ');
        if (name == "shown_account" && blank != std::string::npos &&
            base::parse_integer(value.substr(0, blank)) == account)
            return base::clean_line(value.substr(blank + 1));
    }
    return {};
}

} // namespace pages::shared
