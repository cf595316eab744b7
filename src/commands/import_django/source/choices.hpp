#pragma once
// What an operator says about a source that does not say it itself.

#include "base/time.hpp"
#include "service_requests/service_request.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace commands::import_django {

/// For Choices::type_column: no column says the type, every service request is of the type Other.
inline constexpr std::string_view no_type_column = "other";

struct Choices
{
    /// Where the clocks were that showed the times without a zone; null when nobody said, and such times are refused.
    std::shared_ptr<const base::Zone> zone;
    /// The column of service requests that says their type; empty: the one that looks like it.
    std::string type_column;
    /// What words of the status mean, by slug_of().
    std::map<std::string, service_requests::Status, std::less<>> statuses;
};

/// Reads --source-time-zone and each --map ("type=category_id", "status:R=Resolved"). Throws server::UsageError.
Choices parse_choices(const std::string& zone, const std::vector<std::string>& maps);

/// What a word of the status means, by the choices or as most sites use it; nothing for one that is unknown.
std::optional<service_requests::Status> status_of(std::string_view word, const Choices& choices);

} // namespace commands::import_django
