#pragma once

#include "base/ids.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace base {

/// "SR-00042": what people call a service request, made from its id.
std::string reference(ServiceRequestId id);
/// "SR 42", "SR 12 345": the same as people say it, in groups of at most three digits.
std::string spoken_reference(ServiceRequestId id);
/// Read "SR-00042", "sr 42", "SR42", "#42" or "42". Nothing for other texts.
std::optional<ServiceRequestId> parse_reference(std::string_view text);
/// What a text refers to, each once: as parse_reference(), or "SR-00042", "sr42" and "#42" anywhere in it. A number
/// alone counts only when nothing else is there.
std::vector<ServiceRequestId> find_references(std::string_view text);

} // namespace base
