#pragma once

#include "base/ids.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace base {

/// "SR-00042": what people call a service request, made from its id.
std::string reference(ServiceRequestId id);
/// Read "SR-00042", "sr-42", "#42" or "42". Nothing for other texts.
std::optional<ServiceRequestId> parse_reference(std::string_view text);

} // namespace base
