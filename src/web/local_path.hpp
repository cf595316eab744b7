#pragma once

#include <string>
#include <string_view>

namespace web {

/// The path to go on to when it is one of ours, otherwise "/": a link to another site never gets through.
std::string local_path(std::string_view next);

} // namespace web
