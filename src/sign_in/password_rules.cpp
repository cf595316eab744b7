#include "sign_in/password_rules.hpp"

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "sign_in/password.hpp"

#include <algorithm>
#include <array>

namespace sign_in {

namespace {

/// So many characters must be left of a password without the words that others would try.
constexpr std::size_t fewest_of_ones_own = 8;
/// "abcabcabcabc" is no longer than "abc" to whoever guesses.
constexpr std::size_t longest_repeated_piece = 4;

/// In one case and without the signs that people put between words.
std::string squeezed(std::string_view text)
{
    std::string squeezed = base::caseless_name(text);
    std::erase_if(squeezed, [](char c) { return c == ' ' || c == '-' || c == '_' || c == '.'; });
    return squeezed;
}

/// Take the words out of the text; true when there was one. Longest first, so that a short one splits no longer one.
bool take_out(std::string& text, const std::vector<std::string>& words)
{
    std::vector<std::string> wanted;
    std::ranges::transform(words, std::back_inserter(wanted), squeezed);
    std::erase_if(wanted, [](const std::string& word) { return word.size() < 3; });
    std::ranges::sort(wanted, std::ranges::greater(), &std::string::size);
    bool occurs = false;
    for (const std::string& word : wanted) {
        for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word)) {
            text.erase(at, word.size());
            occurs = true;
        }
    }
    return occurs;
}

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

/// "password" of "2026-Password!!".
std::string_view without_digits_around(std::string_view lower)
{
    const auto first = std::ranges::find_if(lower, is_letter);
    const auto last = std::find_if(lower.rbegin(), lower.rend(), is_letter);
    if (first == lower.end())
        return {};
    const auto begin = static_cast<std::size_t>(first - lower.begin());
    return lower.substr(begin, static_cast<std::size_t>(last.base() - first));
}

/// A common word with a few digits and signs around it.
bool is_decorated_word(std::string_view lower)
{
    const std::string_view word = without_digits_around(lower);
    return lower.size() - word.size() < fewest_of_ones_own && is_common_password(word);
}

/// A short or common piece, again and again.
bool is_repetition(std::string_view lower)
{
    for (std::size_t piece = 1; piece <= lower.size() / 2; ++piece) {
        if (lower.substr(piece) != lower.substr(0, lower.size() - piece))
            continue;
        const std::string_view unit = lower.substr(0, piece);
        return base::count_code_points(unit) <= longest_repeated_piece || is_common_password(unit);
    }
    return false;
}

/// Keys as they lie side by side, and the alphabet.
bool is_run(std::string_view lower)
{
    constexpr std::array<std::string_view, 7> runs = {"12345678901234567890123456789012345678901234567890",
        "0987654321098765432109876543210987654321", "abcdefghijklmnopqrstuvwxyz0123456789",
        "zyxwvutsrqponmlkjihgfedcba", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
        "1q2w3e4r5t6y7u8i9o0p"};
    return std::ranges::any_of(runs, [&](std::string_view run) { return run.find(lower) != std::string_view::npos; });
}

bool is_easy(std::string_view password)
{
    const std::string lower = base::ascii_lower(password);
    return is_common_password(password) || is_decorated_word(lower) || is_repetition(lower) || is_run(lower);
}

std::optional<base::Text> refuse_words(std::string_view password, const PasswordRule& rule)
{
    std::string rest = squeezed(password);
    const bool is_personal = take_out(rest, rule.personal);
    const bool is_of_site = take_out(rest, rule.of_site);
    if ((!is_personal && !is_of_site) || base::count_code_points(rest) >= fewest_of_ones_own)
        return std::nullopt;
    return is_personal ? base::Text("Choose a password without your name, user name, email or street.")
                       : base::Text("Choose a password without the name of this service.");
}

} // namespace

std::size_t fewest_characters(const PasswordLengths& lengths, base::Role role, SignInBy by)
{
    if (by == SignInBy::PasswordAndCode)
        return lengths.with_factor;
    return role == base::Role::Customer ? lengths.customer : lengths.staff;
}

std::optional<base::Text> refuse_password(std::string_view typed, const PasswordRule& rule)
{
    const auto too_long = base::Text("Use at most {n} characters.", {{"n", std::to_string(most_password_characters)}});
    if (typed.size() > most_password_bytes)
        return too_long;
    if (!base::is_valid_utf8(typed))
        return base::Text("Use only letters, digits, symbols and blanks.");
    const std::string password = base::nfc(typed);
    const std::size_t characters = base::count_code_points(password);
    if (characters < rule.fewest)
        return base::Text("Use at least {n} characters.", {{"n", std::to_string(rule.fewest)}});
    if (characters > most_password_characters)
        return too_long;
    if (is_easy(password))
        return base::Text("Many people use this password. Choose another one.");
    return refuse_words(password, rule);
}

} // namespace sign_in
