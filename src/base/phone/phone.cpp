#include "base/phone/phone.hpp"

#include "base/text.hpp"
#include "base/utf8.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <vector>

namespace base {

namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view number_signs = "0123456789 +()-./";
constexpr std::size_t least_digits = 7;
constexpr std::size_t most_digits = 15;
constexpr std::size_t most_extension_digits = 7;
constexpr std::size_t digits_of_north_america = 11;

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

std::string only_digits(std::string_view text)
{
    std::string found;
    std::ranges::copy_if(text, std::back_inserter(found), is_digit);
    return found;
}

/// A character as a keyboard of ours would type it; zero for one that takes no room.
char32_t plain_sign(char32_t c)
{
    const auto is_between = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
    if (is_invisible(c))
        return 0;
    if (c == '\t' || is_space(c))
        return ' ';
    if (is_between(0x2010, 0x2015) || c == 0x2212)
        return '-';
    if (is_between(0xFF01, 0xFF5E)) // full-width
        return c - 0xFF01 + '!';
    if (is_between(0x0660, 0x0669)) // Arabic
        return c - 0x0660 + '0';
    if (is_between(0x06F0, 0x06F9)) // Persian
        return c - 0x06F0 + '0';
    return c;
}

/// The text in lower case, with plain digits, blanks and hyphens, and without what cannot be seen.
std::string plain(std::string_view text)
{
    if (std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; }))
        return ascii_lower(trim(text));
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint c = decode_utf8(text.substr(at));
        if (c.length == 0)
            out += text[at];
        else if (const char32_t sign = plain_sign(c.value); sign != 0)
            append_utf8(out, sign);
        at += std::max<std::size_t>(c.length, 1);
    }
    return fold(trim(out));
}

std::string_view without_scheme(std::string_view text)
{
    if (!text.starts_with("tel"))
        return text;
    text.remove_prefix(3);
    return text.substr(std::min(text.find_first_not_of(":. "), text.size()));
}

/// "204" for ", ext. 204)"; nothing when it is no extension.
std::optional<std::string> parse_extension(std::string_view text)
{
    constexpr std::array<std::string_view, 5> words{"extension", "extn", "ext", "x", "#"};
    const auto skip = [&text](std::string_view signs) {
        text.remove_prefix(std::min(text.find_first_not_of(signs), text.size()));
    };
    const bool has_pause = text.starts_with(',') || text.starts_with(';');
    skip(" ,;");
    const auto* const word = std::ranges::find_if(words, [&](std::string_view one) { return text.starts_with(one); });
    if (word == words.end() && !has_pause)
        return std::nullopt;
    if (word != words.end())
        text.remove_prefix(word->size());
    skip(" .:=#");
    const auto length = std::min(text.find_first_not_of(digits), text.size());
    std::string extension(text.substr(0, length));
    text.remove_prefix(length);
    skip(" )");
    if (extension.empty() || extension.size() > most_extension_digits || !text.empty())
        return std::nullopt;
    return extension;
}

bool is_north_american(std::string_view with_country)
{
    return with_country.size() == digits_of_north_america && with_country[0] == '1' && with_country[1] >= '2';
}

/// E.164 for the number, from its digits and punctuation; as Phone::number.
std::optional<std::string> parse_number(std::string_view text)
{
    constexpr std::string_view national_zero = "(0)";
    std::string typed(text);
    const auto plus = typed.find('+');
    bool has_country = plus != std::string::npos;
    if (has_country && (typed.find('+', plus + 1) != std::string::npos || typed.find_first_of(digits) < plus))
        return std::nullopt;
    if (const auto zero = typed.find(national_zero); has_country && zero != std::string::npos)
        typed.erase(zero, national_zero.size());
    std::string number = only_digits(typed);
    if (!has_country && number.starts_with("011") && number.size() > digits_of_north_america) {
        number.erase(0, 3);
        has_country = true;
    }
    if (number.size() < least_digits || number.size() > most_digits)
        return std::nullopt;
    if (!has_country && is_north_american('1' + number))
        number.insert(0, "1");
    return has_country || is_north_american(number) ? '+' + number : number;
}

/// Of a text that was made plain.
std::optional<Phone> parse_plain(std::string_view text)
{
    text = without_scheme(text);
    const auto end = std::min(text.find_first_not_of(number_signs), text.size());
    auto number = parse_number(text.substr(0, end));
    if (!number)
        return std::nullopt;
    if (end == text.size())
        return Phone{.number = std::move(*number), .extension = {}};
    auto extension = parse_extension(text.substr(end));
    if (!extension)
        return std::nullopt;
    return Phone{.number = std::move(*number), .extension = std::move(*extension)};
}

/// The number that a text is, or all those that stand in it.
std::vector<Phone> phones_in(std::string_view text)
{
    const std::string all = plain(text);
    if (auto phone = parse_plain(all))
        return {std::move(*phone)};
    std::vector<Phone> found;
    const std::string_view rest = all;
    for (std::size_t at = rest.find_first_of(number_signs); at < rest.size();) {
        const auto end = std::min(rest.find_first_not_of(number_signs, at), rest.size());
        if (auto number = parse_number(rest.substr(at, end - at)))
            found.push_back({.number = std::move(*number), .extension = {}});
        at = rest.find_first_of(number_signs, end);
    }
    return found;
}

std::string spelled(const Phone& phone)
{
    const std::string extension = phone.extension.empty() ? "" : " ext. " + phone.extension;
    const std::string_view number = phone.number;
    if (number.starts_with("+1") && is_north_american(number.substr(1)))
        return fmt::format("({}) {}-{}{}", number.substr(2, 3), number.substr(5, 3), number.substr(8), extension);
    if (number.size() == least_digits)
        return fmt::format("{}-{}{}", number.substr(0, 3), number.substr(3), extension);
    return phone.number + extension;
}

/// As spelled() writes a North American number: most texts are, for what is stored is.
bool is_spelled(std::string_view text)
{
    constexpr std::string_view pattern = "(999) 999-9999";
    const auto fits = [](char c, char wanted) { return wanted == '9' ? is_digit(c) : c == wanted; };
    return text.size() == pattern.size() && std::ranges::equal(text, pattern, fits) && text[1] >= '2';
}

} // namespace

std::optional<Phone> parse_phone(std::string_view text)
{
    return parse_plain(plain(text));
}

std::string normal_phone(std::string_view text)
{
    if (is_spelled(text))
        return std::string(text);
    const auto phone = parse_phone(text);
    return phone ? spelled(*phone) : std::string(text);
}

std::string phone_link(std::string_view text)
{
    const auto phones = phones_in(text);
    if (phones.empty())
        return {};
    const Phone& phone = phones.front();
    return "tel:" + phone.number + (phone.extension.empty() ? "" : ";ext=" + phone.extension);
}

std::vector<std::string> sought_phone(std::string_view text)
{
    constexpr std::size_t most_without_country = 10;
    const auto phone = parse_phone(text);
    if (!phone || (phone->extension.empty() && only_digits(plain(text)).size() <= most_without_country))
        return {};
    std::vector<std::string> words{only_digits(phone->number)};
    if (!phone->extension.empty())
        words.push_back(phone->extension);
    return words;
}

std::string phone_words(std::string_view text)
{
    if (text.empty())
        return {};
    constexpr std::size_t north_american = 10;
    std::string words(text);
    for (const Phone& phone : phones_in(text)) {
        const std::string all = only_digits(phone.number);
        words += " " + spelled(phone) + " " + all;
        for (const std::size_t last : {north_american, least_digits, std::size_t{4}}) {
            if (all.size() > last)
                words += " " + all.substr(all.size() - last);
        }
    }
    return words;
}

std::string digits_between_punctuation(std::string_view word)
{
    const std::string signs = plain(word);
    if (signs.find_first_not_of(number_signs) != std::string::npos)
        return {};
    std::string found = only_digits(signs);
    return found.size() == word.size() ? std::string() : found;
}

} // namespace base
