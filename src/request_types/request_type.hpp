#pragma once
// request_types/ is the list of what a customer can ask for: rows of a table, editable by an administrator.

#include "base/ids.hpp"
#include "base/translatable.hpp"
#include "db/connection.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace request_types {

struct RequestType
{
    RequestTypeId id;
    /// "gas-leak": what forms and queries carry.
    std::string slug;
    std::string name;
    std::string hint;
    /// Name of an icon file without ".svg".
    std::string icon;
    bool is_emergency = false;
    bool is_active = true;
    /// How soon a person answers, as promised to the customer; zero for at once.
    std::chrono::minutes answer_within{};
};

/// A name or a hint in the reader's language: those that every site begins with are messages, an administrator's own
/// stay as they are.
base::Text in_words(std::string_view name_or_hint);

/// All types in the order of their cards, retired ones included.
std::vector<RequestType> list_request_types(db::Connection& db);
/// The type that gas leaks have. Throws std::logic_error when there is none, which the migrations rule out.
RequestTypeId get_emergency_type(db::Connection& db);
/// By slug ("gas-leak") or by name in any case ("Gas Leak"), as the seed system's forms send it; only active ones.
std::optional<RequestType> find_request_type(const std::vector<RequestType>& types, std::string_view slug_or_name);

} // namespace request_types
