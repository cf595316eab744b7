#pragma once

#include <string>
#include <string_view>

namespace service_requests {

/// The first sentence of a description on one line, cut after 80 characters; the type's name when there is no word in
/// it. A greeting ("Hi.", "Dear team,") and a shortened word ("St. Mary's", "Apt. 4") don't end a sentence.
std::string title_of(std::string_view description, std::string_view type_name);

} // namespace service_requests
