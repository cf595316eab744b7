#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace http {

/// Views into the bytes of a request head.
struct HeadLines
{
    std::string_view method;
    std::string_view target;
    bool is_old = false;
    /// Names as sent; values without blanks around them.
    std::vector<std::pair<std::string_view, std::string_view>> fields;
};

/// Parse a complete head with Beast; empty when Beast does not accept it.
std::optional<HeadLines> parse_head(std::string_view raw);

} // namespace http
