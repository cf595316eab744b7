#pragma once

#include <string>
#include <string_view>

namespace web {

/// Return the path to continue to when it is one of ours, otherwise "/": a link to another site never passes.
std::string local_path(std::string_view next);

} // namespace web
