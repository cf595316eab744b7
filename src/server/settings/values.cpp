#include "server/settings/values.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/phone/phone.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "http/head/addresses.hpp"
#include "server/settings/config.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <system_error>

namespace server {

std::string checked_text(std::string_view text)
{
    const std::string trimmed(base::trim(text));
    if (trimmed.empty())
        throw UsageError("must not be empty");
    const bool has_line_break = trimmed.find_first_of("\r\n\t") != std::string::npos;
    if (!base::is_valid_utf8(trimmed) || base::has_control_characters(trimmed) || has_line_break)
        throw UsageError("must be one line of plain text in UTF-8");
    return trimmed;
}

std::string checked_word(std::string_view text)
{
    std::string word = checked_text(text);
    if (!std::ranges::all_of(word, [](char c) { return c > ' ' && c <= '~'; }))
        throw UsageError("must be one word of plain letters, digits and signs");
    return word;
}

std::string secret_in_file(std::string_view text)
{
    const std::string path = checked_text(text);
    try {
        return checked_word(base::read_file(path, 4096));
    } catch (const std::system_error& error) {
        throw UsageError(fmt::format("{} cannot be read: {}", path, error.code().message()));
    } catch (const base::TooLarge&) {
        throw UsageError(path + " is too large to hold a secret");
    }
}

unsigned checked_number(std::string_view text, unsigned least, unsigned most)
{
    const auto number = base::parse_integer(base::trim(text));
    if (!number || *number < least || *number > most)
        throw UsageError(fmt::format("\"{}\" is not a whole number from {} to {}", text, least, most));
    return static_cast<unsigned>(*number);
}

std::size_t checked_choice(std::string_view text, const std::vector<std::string_view>& words)
{
    const std::string word = base::ascii_lower(base::trim(text));
    const auto found = std::ranges::find(words, word);
    if (found == words.end())
        throw UsageError(fmt::format("\"{}\" is none of {}", text, fmt::join(words, ", ")));
    return static_cast<std::size_t>(found - words.begin());
}

bool checked_switch(std::string_view text)
{
    const std::string word = base::ascii_lower(base::trim(text));
    if (word == "on" || word == "true" || word == "yes" || word == "1")
        return true;
    if (word == "off" || word == "false" || word == "no" || word == "0")
        return false;
    throw UsageError(fmt::format("\"{}\" is neither on nor off", text));
}

std::vector<std::string> list_items(std::string_view text)
{
    std::vector<std::string> items;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        if (const std::string_view item = base::trim(text.substr(0, comma)); !item.empty())
            items.emplace_back(item);
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return items;
}

std::vector<std::string> checked_networks(std::string_view text)
{
    std::vector<std::string> entries = list_items(text);
    try {
        const http::NetworkList networks(entries);
    } catch (const std::runtime_error& error) {
        throw UsageError(error.what());
    }
    return entries;
}

/// "1-800-555-0199" → "+18005550199"; "911" stays.
std::string dialled_number(std::string_view phone)
{
    if (const auto known = base::parse_phone(phone))
        return known->number;
    std::string digits;
    std::ranges::copy_if(phone, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
    return digits;
}

} // namespace server
