#pragma once

#include "web/context.hpp"

#include <optional>
#include <string>

namespace pages::settings {

/// Check the visitor's own password once more. Returns the hash that it was checked against, for the transaction that
/// relies on it; nothing when the password is wrong. Throws base::TooManyAttempts. Releases the snapshot; heavy lane
/// only.
std::optional<std::string> check_own_password(web::Context& ctx, const std::string& password);

} // namespace pages::settings
