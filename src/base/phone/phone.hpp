#pragma once
// The one place that reads phone numbers as people write them: forms, the import, the search and the pages ask here.
// A number without a country is North American.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace base {

/// A phone number that was understood.
struct Phone
{
    /// "+15185550134" (E.164). Digits only where nobody can tell the country ("5550134").
    std::string number;
    /// Up to seven digits; empty for none.
    std::string extension;

    bool operator==(const Phone&) const = default;
};

/// Read a number of 7 to 15 digits, with punctuation, blanks of any kind, invisible characters and an extension
/// ("x204", "ext. 204", "#204", ",204") as people and contact lists write them. Nothing when it is anything else.
std::optional<Phone> parse_phone(std::string_view text);
/// The spelling that is stored and shown: "(518) 555-0134 ext. 204", "+442079460958", "555-0134". What is no phone
/// number stays as it is.
std::string normal_phone(std::string_view text);
/// "tel:+15185550134;ext=204" (RFC 3966) for the number, or for the first one inside of a text; empty for none.
std::string phone_link(std::string_view text);
/// Words under which the search finds a text that is or holds phone numbers: itself, each number in one piece, with and
/// without its country, and its last seven and four digits.
std::string phone_words(std::string_view text);
/// What to look for when somebody seeks a number with its country or an extension: the number in one piece, and the
/// extension. Empty for any other text, such as an account number of ten digits: its words are looked for as they are.
std::vector<std::string> sought_phone(std::string_view text);
/// "5550134" for "555-0134": the digits of a sought word that has only digits and the punctuation of phone numbers.
/// Empty when it has no punctuation, or anything else.
std::string digits_between_punctuation(std::string_view word);

} // namespace base
