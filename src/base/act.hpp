#pragma once

#include "base/time.hpp"
#include "base/visitor.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace base {

/// One detail that an edit makes different.
struct FieldChange
{
    /// A name of the history's, such as "first_name".
    std::string_view field;
    std::string before;
    std::string after;
};
using FieldChanges = std::vector<FieldChange>;

/// Add the detail if the edit changes it.
inline void add_if_changed(
    FieldChanges& changes, std::string_view field, std::string_view before, std::string_view after)
{
    if (before != after)
        changes.push_back({field, std::string(before), std::string(after)});
}

/// Who does something, and when: what every verb and every write to a noun takes.
struct Act
{
    Visitor visitor;
    Time at{};
    /// A command or the program itself does it, for whoever may run it: nobody is asked for a role.
    bool is_by_program = false;
};

/// What a user does; the history takes no more than who it was.
inline Act act_of(UserId user, Time at)
{
    return {.visitor = {.user_id = user}, .at = at};
}

inline Act act_of_program(Time at)
{
    return {.visitor = {}, .at = at, .is_by_program = true};
}

} // namespace base
