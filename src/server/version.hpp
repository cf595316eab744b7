#pragma once

#include <string_view>

namespace server {

// Defined in a file that cmake/version.cmake makes.

/// "0.1.0".
std::string_view program_version();
/// The first twelve digits of the commit that was built, "unknown" outside of git. Changes that were not committed do
/// not show.
std::string_view program_commit();

} // namespace server
