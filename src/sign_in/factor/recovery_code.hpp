#pragma once
// Ten codes on paper for somebody whose phone is lost; each counts once instead of a code of the app. They are made of
// a salt, which is stored, and of a session's cookie, which is not: only that browser can show them again. Knows no
// table.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sign_in {

inline constexpr std::size_t recovery_codes_made = 10;

/// "4k7m-pq2x": 40 bits each, of letters and digits that nobody mistakes.
std::vector<std::string> make_recovery_codes(std::string_view session_token, std::string_view salt);
/// What is stored of a code: Argon2id with the salt, because it is short enough to be guessed. As it was typed: case,
/// blanks and hyphens don't count, and "O" is "0". Password lane only.
std::string hash_recovery_code(std::string_view typed, std::string_view salt);
/// Of all of them. Password lane only.
std::vector<std::string> hash_recovery_codes(const std::vector<std::string>& codes, std::string_view salt);

} // namespace sign_in
