#include "base/text.hpp"
#include "base/utf8.hpp"
#include "sign_in/password.hpp"

#include <algorithm>

namespace sign_in {

namespace {

constexpr std::size_t fewest_characters = 8;

/// Lower case without the signs that people put between words.
std::string squeezed(std::string_view text)
{
    std::string squeezed = base::ascii_lower(text);
    std::erase_if(squeezed, [](char c) { return c == ' ' || c == '-' || c == '_' || c == '.'; });
    return squeezed;
}

/// True when the password is too short once the word is taken out of it.
bool leans_on(std::string_view password, std::string_view word)
{
    const std::string wanted = squeezed(word);
    if (wanted.size() < 3)
        return false;
    std::string rest = squeezed(password);
    bool occurs = false;
    for (std::size_t at = rest.find(wanted); at != std::string::npos; at = rest.find(wanted)) {
        rest.erase(at, wanted.size());
        occurs = true;
    }
    return occurs && base::count_code_points(rest) < fewest_characters;
}

bool is_one_character_repeated(std::string_view password)
{
    const std::string_view first = base::first_code_points(password, 1);
    for (std::string_view rest = password; !rest.empty(); rest.remove_prefix(first.size())) {
        if (!rest.starts_with(first))
            return false;
    }
    return true;
}

} // namespace

std::optional<base::Text> refuse_password(std::string_view typed, std::string_view username, std::string_view email)
{
    if (typed.size() > most_password_bytes)
        return base::Text("Use at most 1,024 characters.");
    if (!base::is_valid_utf8(typed))
        return base::Text("Use only letters, digits, symbols and blanks.");
    const std::string password = base::nfc(typed);
    if (base::count_code_points(password) < fewest_characters)
        return base::Text("Use at least 8 characters.");
    if (is_common_password(password) || is_one_character_repeated(password))
        return base::Text("Many people use this password. Choose another one.");
    if (leans_on(password, username) || leans_on(password, email.substr(0, email.find('@'))))
        return base::Text("Choose a password without your user name or email.");
    if (leans_on(password, "gasutility") || leans_on(password, "hearthway"))
        return base::Text("Choose a password without the name of this service.");
    return std::nullopt;
}

} // namespace sign_in
