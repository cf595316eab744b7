#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace oidc {

/// Why a sign-in at the provider came to nothing.
enum class Reason : std::uint8_t
{
    /// The provider does not answer, or not as one does.
    Unavailable,
    /// It does not take the code: it was used, has ended or is another client's.
    Code,
    /// The token is none.
    Malformed,
    /// It is signed by another algorithm than RS256 and ES256, or not at all.
    Algorithm,
    UnknownKey,
    Signature,
    /// It, or the answer, comes from another provider.
    Issuer,
    /// It is for another client.
    Audience,
    Expired,
    /// It was made too long ago, or in the future.
    Age,
    /// It belongs to another sign-in.
    Nonce,
    /// The provider did not ask for the password again.
    NotAgain
};
/// A word for the log, as docs/operations.md lists them.
std::string_view reason_name(Reason reason);

/// what() says for the log of the operator what was wrong. It repeats nothing secret.
struct Refused : std::runtime_error
{
    Refused(Reason its_reason, const std::string& what) : std::runtime_error(what), reason(its_reason) {}
    Reason reason;
};

} // namespace oidc
