#pragma once

#include "web/page.hpp"

#include <optional>
#include <string_view>

namespace web {

/// The message for a code from the flash cookie; nothing for a code we never set, so that nobody can put their own
/// words on a page.
std::optional<Flash> flash_of(std::string_view code);

} // namespace web
