#pragma once

#include <string>
#include <string_view>
#include <optional>

namespace users {

/// Argon2id, m=19456 KiB, t=2, p=1: "$argon2id$v=19$m=19456,t=2,p=1$…". Takes about 25 ms: heavy lane only.
/// At most two are computed at once in the process; further callers wait.
std::string hash_password(std::string_view password);

enum class PasswordCheck { Wrong, Right, RightButOutdated };
/// Verifies Argon2id and Django's "pbkdf2_sha256$" and "pbkdf2_sha1$" hashes; an unusable one ("!…") is always Wrong.
/// RightButOutdated: store a fresh hash. Heavy lane only.
PasswordCheck check_password(std::string_view password, std::string_view stored_hash);
/// Spends the time of a check for a user name that does not exist, so that timing tells nothing.
void spend_password_check(std::string_view password);

/// Why a new password is refused, as the message for the form; nothing when it will do. 8 to 1,024 bytes, not a common one,
/// not the user name or e-mail (NIST SP 800-63B-4 section 3.1.1.2).
std::optional<std::string> refuse_password(std::string_view password, std::string_view username, std::string_view email);

} // namespace users
