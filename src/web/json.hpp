#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace web {

/// A flat JSON object of strings on one line, safe to send as an event's data.
std::string json_object(std::initializer_list<std::pair<std::string_view, std::string_view>> members);
/// {"name": number}.
std::string json_number(std::string_view name, std::int64_t number);

/// A JSON value as our own files have it: whole numbers, texts, lists and objects.
struct Json
{
    using List = std::vector<Json>;
    using Object = std::map<std::string, Json, std::less<>>;

    // These throw std::invalid_argument when it is something else or has no such member.
    const Json& at(std::string_view member) const;
    std::int64_t number() const;
    const std::string& text() const;
    const List& list() const;
    const Object& object() const;

    std::variant<std::int64_t, std::string, List, Object> value;
};
/// On several lines, so that people can read it: one for each member of the object and for each element of its lists.
std::string write_json(const Json::Object& object);
/// Throws std::invalid_argument for what is not JSON or has other values than Json.
Json read_json(std::string_view text);

} // namespace web
