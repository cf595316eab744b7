#pragma once
// A code as people type it: in which field, and with what between its letters. Knows no table.

#include <cstdint>
#include <string>
#include <string_view>

namespace sign_in {

/// Its ASCII letters and digits, in small letters: blanks and hyphens, and what the keyboard of a phone makes of them,
/// don't count.
std::string letters_of_code(std::string_view typed);

enum class CodeKind : std::uint8_t
{
    /// Six digits of an authenticator app.
    App,
    /// Eight letters and digits, as make_recovery_codes() makes them.
    Recovery,
    Unknown
};
/// What it is by its looks, whatever field it was typed into.
CodeKind kind_of_code(std::string_view typed);

} // namespace sign_in
