#pragma once

#include "base/json/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace oidc {

/// The two algorithms that are taken. "none" and those with a shared secret (HS256) are none of them.
enum class Algorithm : std::uint8_t
{
    Rs256,
    Es256
};
std::optional<Algorithm> parse_algorithm(std::string_view name);

/// A signed token in its compact form (RFC 7515), read but not checked.
struct Jws
{
    /// As the header says.
    std::string algorithm;
    /// Empty when the header names no key.
    std::string key_id;
    base::JsonValue payload;
    /// What the signature is over.
    std::string signed_text;
    std::string signature;
};
/// Nothing for what is no such token, and for one with extensions that must be understood ("crit").
std::optional<Jws> parse_jws(std::string_view token);

/// Nothing for a text with padding, blanks or other signs, and for one whose last bits are not zero.
std::optional<std::string> decode_base64url(std::string_view text);

} // namespace oidc
