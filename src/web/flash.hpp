#pragma once

#include "web/page.hpp"

#include <optional>
#include <string_view>

namespace web {

/// The message behind a code that travelled in the flash cookie; nothing for a code we never set, so that nobody can
/// make a page say their words.
std::optional<Flash> flash_of(std::string_view code);

} // namespace web
