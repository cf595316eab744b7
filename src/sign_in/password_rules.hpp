#pragma once
// Which new passwords are refused: NIST SP 800-63B-4, section 3.1.1.2. No rule asks for digits or signs. Knows no
// table.

#include "base/translatable.hpp"
#include "base/visitor.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sign_in {

/// The fewest characters of a new password; from the settings.
struct PasswordLengths
{
    std::size_t customer = 12;
    /// For somebody of the staff.
    std::size_t staff = 15;
    /// For whoever signs in with a second factor besides.
    std::size_t with_factor = 8;
};
inline constexpr std::size_t most_password_characters = 256;

enum class SignInBy : std::uint8_t
{
    Password,
    PasswordAndCode
};
std::size_t fewest_characters(const PasswordLengths& lengths, base::Role role, SignInBy by);

/// What one person's new password must be like.
struct PasswordRule
{
    std::size_t fewest = PasswordLengths().staff;
    /// What others try first for this person: user name, names, the email's local part, street. These count for
    /// nothing.
    std::vector<std::string> personal = {};
    /// The same for this site: its name.
    std::vector<std::string> of_site = {};
};

/// Why a new password is refused, for the form; nothing when it will do. Counts the characters of the composed spelling
/// (NFC), which is the one that is hashed.
std::optional<base::Text> refuse_password(std::string_view password, const PasswordRule& rule);

/// True when the password, in any case, is one that many people use.
bool is_common_password(std::string_view password);

} // namespace sign_in
