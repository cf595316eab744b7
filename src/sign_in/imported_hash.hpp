#pragma once
// Hashes of passwords that Django made, besides its Argon2: "pbkdf2_sha256$…", "pbkdf2_sha1$…", "bcrypt$…",
// "bcrypt_sha256$…", "scrypt$…". Only checked, never made.

#include <string_view>

namespace sign_in {

/// False for other kinds and for a hash that would take too long or too much memory: more than ten million iterations
/// of PBKDF2, a cost of bcrypt above 14, more than 256 MiB or two million blocks of scrypt.
bool can_check_imported(std::string_view stored);
/// Whether `password` has this hash; false for one that cannot be checked. Heavy lane only. Throws std::runtime_error
/// when the library fails.
bool is_right_imported(std::string_view password, std::string_view stored);

} // namespace sign_in
