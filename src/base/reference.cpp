#include "base/reference.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace base {

std::string reference(ServiceRequestId id)
{
    return fmt::format("SR-{:05}", id.value);
}

std::optional<ServiceRequestId> parse_reference(std::string_view text)
{
    const std::string lower = ascii_lower(trim(text));
    std::string_view digits = lower;
    if (digits.starts_with("sr-")) {
        digits.remove_prefix(3);
    } else if (digits.starts_with("#")) {
        digits.remove_prefix(1);
    }
    const auto number = parse_integer(digits);
    if (!number || *number == 0) {
        return std::nullopt;
    }
    return ServiceRequestId{*number};
}

} // namespace base
