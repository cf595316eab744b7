#include "sign_in/factor/typed_code.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cstddef>

namespace sign_in {

namespace {

constexpr std::size_t longest_typed = 100;
constexpr std::size_t app_digits = 6;
constexpr std::size_t recovery_letters = 8;

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace

std::string letters_of_code(std::string_view typed)
{
    std::string letters = base::ascii_lower(typed.substr(0, longest_typed));
    std::erase_if(letters, [](char c) { return !is_digit(c) && (c < 'a' || c > 'z'); });
    return letters;
}

CodeKind kind_of_code(std::string_view typed)
{
    const std::string letters = letters_of_code(typed);
    if (letters.size() == app_digits && std::ranges::all_of(letters, is_digit))
        return CodeKind::App;
    return letters.size() == recovery_letters ? CodeKind::Recovery : CodeKind::Unknown;
}

} // namespace sign_in
