#pragma once
// base/json/ reads JSON that somebody else wrote: an answer of a server, a token.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace base {

/// A JSON value. Nothing is converted: whoever asks for another kind gets nothing.
struct JsonValue
{
    using List = std::vector<JsonValue>;
    using Object = std::map<std::string, JsonValue, std::less<>>;

    /// The member of an object; null when there is none or this is no object.
    const JsonValue* find(std::string_view member) const;
    /// Null for another kind.
    const std::string* text() const { return std::get_if<std::string>(&value); }
    const List* list() const { return std::get_if<List>(&value); }
    /// A fraction is cut off.
    std::optional<std::int64_t> number() const;
    std::optional<bool> boolean() const;

    std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Object> value = {};
};
/// Nothing for what is not JSON in UTF-8, and for more than 32 levels.
std::optional<JsonValue> parse_json(std::string_view text);

} // namespace base
