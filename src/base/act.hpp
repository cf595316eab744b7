#pragma once

#include "base/time.hpp"
#include "base/visitor.hpp"

namespace base {

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
