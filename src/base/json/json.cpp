#include "base/json/json.hpp"

#include <boost/json/src.hpp>

#include <cmath>

namespace base {

namespace {

JsonValue from_boost(const boost::json::value& value)
{
    if (const auto* boolean = value.if_bool())
        return {*boolean};
    if (const auto* number = value.if_int64())
        return {*number};
    if (value.is_number())
        return {value.to_number<double>()};
    if (const auto* text = value.if_string())
        return {std::string(text->data(), text->size())};
    if (const auto* array = value.if_array()) {
        JsonValue::List list;
        for (const auto& element : *array)
            list.push_back(from_boost(element));
        return {std::move(list)};
    }
    if (const auto* object = value.if_object()) {
        JsonValue::Object members;
        for (const auto& member : *object)
            members.emplace(member.key(), from_boost(member.value()));
        return {std::move(members)};
    }
    return {};
}

} // namespace

const JsonValue* JsonValue::find(std::string_view member) const
{
    const auto* members = std::get_if<Object>(&value);
    if (members == nullptr)
        return nullptr;
    const auto found = members->find(member);
    return found == members->end() ? nullptr : &found->second;
}

std::optional<std::int64_t> JsonValue::number() const
{
    constexpr double most = 1e15;
    if (const auto* whole = std::get_if<std::int64_t>(&value))
        return *whole;
    const auto* fraction = std::get_if<double>(&value);
    if (fraction == nullptr || !(std::abs(*fraction) < most))
        return std::nullopt;
    return static_cast<std::int64_t>(*fraction);
}

std::optional<bool> JsonValue::boolean() const
{
    const auto* boolean = std::get_if<bool>(&value);
    return boolean == nullptr ? std::nullopt : std::optional(*boolean);
}

std::optional<JsonValue> parse_json(std::string_view text)
{
    boost::system::error_code error;
    const boost::json::value parsed = boost::json::parse({text.data(), text.size()}, error);
    if (error)
        return std::nullopt;
    return from_boost(parsed);
}

} // namespace base
