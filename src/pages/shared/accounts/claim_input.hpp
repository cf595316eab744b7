#pragma once

#include "accounts/household.hpp"
#include "web/forms/form.hpp"

#include <cstdint>
#include <string>

namespace pages::shared {

/// What somebody types who has a bill, in its normal spelling; as it was typed where that is wrong.
struct TypedClaim
{
    std::string number;
    std::string postal_code;
    accounts::Sharing sharing = accounts::Sharing::Nothing;

    bool shares() const { return sharing == accounts::Sharing::OwnRequests; }
};
enum class Claiming : std::uint8_t
{
    /// Both fields may be empty.
    Optional,
    Required
};
/// Read the fields `account`, `zip` and `shares`. Asks for no account, so that neither answer nor time tells what there
/// is.
TypedClaim read_claim(web::FormReader& reader, web::FormErrors& errors, Claiming claiming);

} // namespace pages::shared
