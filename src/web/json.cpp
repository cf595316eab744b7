#include "web/json.hpp"

#include <boost/json.hpp>

#include <stdexcept>

namespace web {

namespace {

boost::json::value to_boost(const Json& json);

struct ToBoost
{
    boost::json::value operator()(std::int64_t number) const { return number; }
    boost::json::value operator()(const std::string& text) const
    {
        return boost::json::string(text.c_str(), text.size());
    }
    boost::json::value operator()(const Json::List& list) const
    {
        boost::json::array array;
        for (const Json& element : list)
            array.push_back(to_boost(element));
        return array;
    }
    boost::json::value operator()(const Json::Object& members) const
    {
        boost::json::object object;
        for (const auto& [name, member] : members)
            object.emplace(name, to_boost(member));
        return object;
    }
};

boost::json::value to_boost(const Json& json)
{
    return std::visit(ToBoost(), json.value);
}

Json from_boost(const boost::json::value& value)
{
    if (const auto* number = value.if_int64())
        return {*number};
    if (const auto* text = value.if_string())
        return {std::string(text->data(), text->size())};
    if (const auto* array = value.if_array()) {
        Json::List list;
        for (const auto& element : *array)
            list.push_back(from_boost(element));
        return {std::move(list)};
    }
    if (const auto* object = value.if_object()) {
        Json::Object members;
        for (const auto& member : *object)
            members.emplace(member.key(), from_boost(member.value()));
        return {std::move(members)};
    }
    throw std::invalid_argument("neither a whole number nor a text, list or object");
}

std::string write_lines(const Json& json)
{
    const auto* list = std::get_if<Json::List>(&json.value);
    if (list == nullptr || list->empty())
        return boost::json::serialize(to_boost(json));
    std::string text;
    for (const Json& element : *list)
        text += (text.empty() ? "[\n    " : ",\n    ") + boost::json::serialize(to_boost(element));
    return text + "\n  ]";
}

template <typename Value>
const Value& value_of(const Json& json)
{
    if (const auto* value = std::get_if<Value>(&json.value))
        return *value;
    throw std::invalid_argument("another kind of value than expected");
}

} // namespace

const Json& Json::at(std::string_view member) const
{
    const auto found = object().find(member);
    if (found == object().end())
        throw std::invalid_argument("no member " + std::string(member));
    return found->second;
}

std::int64_t Json::number() const
{
    return value_of<std::int64_t>(*this);
}

const std::string& Json::text() const
{
    return value_of<std::string>(*this);
}

const Json::List& Json::list() const
{
    return value_of<List>(*this);
}

const Json::Object& Json::object() const
{
    return value_of<Object>(*this);
}

std::string write_json(const Json::Object& object)
{
    std::string text;
    for (const auto& [name, member] : object)
        text += (text.empty() ? "{\n  " : ",\n  ") +
                boost::json::serialize(boost::json::string(name.c_str(), name.size())) + ": " + write_lines(member);
    return text + "\n}\n";
}

Json read_json(std::string_view text)
{
    boost::json::error_code error;
    const auto value = boost::json::parse(boost::json::string_view(text.data(), text.size()), error);
    if (error)
        throw std::invalid_argument(error.message());
    return from_boost(value);
}

std::string json_object(std::initializer_list<std::pair<std::string_view, std::string_view>> members)
{
    boost::json::object object;
    for (const auto& [name, value] : members)
        object.emplace(
            boost::json::string_view(name.data(), name.size()), boost::json::string_view(value.data(), value.size()));
    return boost::json::serialize(object);
}

std::string json_number(std::string_view name, std::int64_t number)
{
    boost::json::object object;
    object.emplace(boost::json::string_view(name.data(), name.size()), number);
    return boost::json::serialize(object);
}

} // namespace web
