#include "oidc/refused.hpp"

#include <array>

namespace oidc {

std::string_view reason_name(Reason reason)
{
    constexpr std::array<std::string_view, 12> names{"unavailable", "code", "malformed", "algorithm", "unknown_key",
        "signature", "issuer", "audience", "expired", "age", "nonce", "not_again"};
    static_assert(names.size() == static_cast<std::size_t>(Reason::NotAgain) + 1, "each reason has a name");
    return names.at(static_cast<std::size_t>(reason));
}

} // namespace oidc
