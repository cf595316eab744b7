#pragma once

#include "base/time.hpp"
#include "oidc/jws.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oidc {

/// Whom a provider says that it let in.
struct Identity
{
    std::string issuer;
    /// The provider's own name for the person; never given to somebody else.
    std::string subject;
    std::string username = {};
    std::string first_name = {};
    std::string last_name = {};
    /// Empty unless the provider has verified it.
    std::string verified_email = {};
    std::vector<std::string> groups = {};
    /// The person showed more than a password: "amr" has mfa, otp or hwk.
    bool has_second_factor = false;
    /// When the person last typed the password there; nothing when the provider does not say.
    std::optional<base::Time> proved_at = {};
};

/// How far the provider's clock may be from ours.
inline constexpr std::chrono::seconds clock_skew{60};
/// An older token is not taken, however long it says it is valid.
inline constexpr std::chrono::minutes oldest_token{10};

struct Expected
{
    std::string_view issuer;
    std::string_view client_id;
    std::string_view nonce;
    std::string_view group_claim;
    base::Time now{};
};
/// Read the claims of an ID token whose signature was checked (OpenID Connect Core 1.0, section 3.1.3.7). Throws
/// Refused.
Identity read_id_token(const base::JsonValue& claims, const Expected& expected);

} // namespace oidc
