#pragma once
// Codes that an authenticator app makes of a secret and of the time: RFC 6238 with SHA-1, six digits and steps of 30
// seconds, which every app knows. Knows no table.

#include "base/time.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sign_in {

inline constexpr std::size_t totp_secret_bytes = 20;

/// In base32 without padding, as apps take it.
std::string base32(std::string_view bytes);

/// The number of the step of 30 seconds that this moment is in.
std::int64_t totp_step(base::Time now);
/// The code of a step. The secret is in base32; throws std::runtime_error for one that is not.
std::string totp_code(std::string_view secret, std::int64_t step, unsigned digits = 6);
/// The present step, when the typed code is that of this step: a code lives for its 30 seconds (ASVS 5.0, 6.5.5).
/// Blanks and hyphens in the code don't count.
std::optional<std::int64_t> find_totp_step(std::string_view secret, std::string_view typed, base::Time now);
/// It is the code of the step before the present one: right, but typed too late.
bool has_just_expired(std::string_view secret, std::string_view typed, base::Time now);

/// Whose secret it is, for the app.
struct TotpLabel
{
    std::string_view site;
    std::string_view username;
};
/// What a QR code says to an app: "otpauth://totp/…".
std::string totp_uri(const TotpLabel& label, std::string_view secret);

} // namespace sign_in
