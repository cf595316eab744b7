#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace actions {

/// Makes the path of a page that a mail links to, of the link's token.
using LinkPath = std::function<std::string(std::string_view token)>;

} // namespace actions
