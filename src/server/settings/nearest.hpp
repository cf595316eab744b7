#pragma once

#include <span>
#include <string>
#include <string_view>

namespace server {

/// The candidate that takes the fewest typing errors to become `typed`; empty when none is close to it.
std::string nearest_name(std::string_view typed, std::span<const std::string> candidates);

} // namespace server
