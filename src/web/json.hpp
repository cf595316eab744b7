#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace web {

/// A flat JSON object of strings on one line, safe to send as an event's data.
std::string json_object(std::initializer_list<std::pair<std::string_view, std::string_view>> members);
/// {"name": number}.
std::string json_number(std::string_view name, std::int64_t number);

} // namespace web
