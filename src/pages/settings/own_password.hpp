#pragma once

#include "web/context.hpp"

#include <string>

namespace pages::settings {

/// What came of the visitor's password.
struct OwnPassword
{
    /// The hash that it was checked against, for the transaction that relies on it; empty when it was not right.
    std::string checked_hash;
    /// Why it was not taken.
    base::Text error;
    http::Status refusal = http::Status::UnprocessableContent;
    /// With 429: when it may be tried again.
    int retry_after_seconds = 0;
};
/// Check the visitor's own password once more; an empty one is refused with `missing`. Releases the
/// snapshot; on a lane for passwords only.
OwnPassword check_own_password(web::Context& ctx, const std::string& password, base::MessageId missing);
/// The page that shows the form again, with Retry-After when the password may not be tried now.
http::Response refuse(http::Response page, const OwnPassword& password);

} // namespace pages::settings
