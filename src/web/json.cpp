#include "web/json.hpp"

#include <boost/json/src.hpp>

namespace web {

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
