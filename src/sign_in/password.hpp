#pragma once
// Passwords: hashing and checking. Which new ones are refused is in password_rules.hpp. Knows no table.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sign_in {

/// More is never hashed. A password of most_password_characters (password_rules.hpp) has room in any spelling.
inline constexpr std::size_t most_password_bytes = 4096;

/// Argon2id, m=19456 KiB, t=2, p=1: "$argon2id$v=19$m=19456,t=2,p=1$…". Takes about 25 ms: password lane only.
/// At most two are computed at once in the process; further callers wait. Accents are composed first (NFC), because
/// keyboards differ in how they type them; blanks and full-width letters stay as they are.
std::string hash_password(std::string_view password);
/// The same work for a short text with a salt of at least 8 bytes that the caller keeps; in hexadecimal. Password lane
/// only.
std::string slow_hash(std::string_view text, std::string_view salt);

enum class PasswordCheck : std::uint8_t
{
    Wrong,
    Right,
    RightButOutdated
};
/// In any spelling of its accents. Verifies Argon2id and Django's "argon2$", "pbkdf2_…$", "bcrypt…$" and "scrypt$"
/// hashes; one that can_check() refuses is always Wrong, as is a password of more than most_password_bytes.
/// RightButOutdated: store a fresh hash. Password lane only.
PasswordCheck check_password(std::string_view password, std::string_view stored_hash);
/// False for hashes that nobody can sign in with: an unusable one ("!…"), an unknown kind, more than 256 MiB, 16 passes
/// or 16 lanes of Argon2, and what can_check_imported() refuses.
bool can_check(std::string_view stored_hash);
/// What a wrong password still has to cost after the check of `stored_hash`, so that all cost the same.
struct WorkLeft
{
    /// One hash of ours.
    bool ours = false;
    /// Those of other kinds; they point into `others`.
    std::vector<std::string_view> others = {};
};
WorkLeft work_left(const std::optional<std::string>& stored_hash, std::span<const std::string> others);
/// Check like check_password() and, when the password is wrong, spend the time of all kinds of hashes that the site
/// has: one of ours and one of each kind in `others`, as kind_of_hash() tells them apart. So the time of a wrong
/// password tells neither whether there is such a user (no hash) nor where the hash comes from. A right one takes no
/// longer than it must.
PasswordCheck check_password_evenly(
    std::string_view password, const std::optional<std::string>& stored_hash, std::span<const std::string> others);
/// The beginning of a hash that its cost depends on, such as "pbkdf2_sha256$260000$"; empty for one of today's, and for
/// one that can_check() refuses.
std::string_view kind_of_hash(std::string_view stored_hash);

} // namespace sign_in
