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

/// For leaks::LeakReport::language: that of the page, empty for the language of whoever asks for none.
inline std::string leak_language(const web::Context& ctx)
{
    const bool is_usual = &ctx.language() == &ctx.site().languages.preferred("");
    return is_usual ? std::string() : ctx.language().language().tag();
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

/// All addresses that the form showed, when nobody knows which of them is meant: "12 Elm Street or 7 Mill Lane". Before
/// a house number stands the account's; "12 Elm Street" alone has none.
inline std::string shown_addresses(const web::Fields& fields)
{
    constexpr std::string_view digits = "0123456789";
    std::string all;
    for (const auto& [name, value] : fields) {
        if (name != "shown_account")
            continue;
        const std::size_t end = value.find_first_not_of(digits);
        const bool has_account =
            end != 0 && end != std::string::npos && value[end] == ' ' && value.find_first_of(digits, end) == end + 1;
        const std::string address = base::clean_line(has_account ? value.substr(end + 1) : value);
        all += (all.empty() || address.empty() ? "" : " or ") + address;
    }
    return all;
}

} // namespace pages::shared
