#include "base/visitor.hpp"

#include <stdexcept>

namespace base {

std::string_view role_name(Role role)
{
    switch (role) {
    case Role::Customer:
        return "customer";
    case Role::Representative:
        return "representative";
    case Role::Supervisor:
        return "supervisor";
    case Role::Administrator:
        return "administrator";
    }
    throw std::logic_error("a role without a name");
}

bool parse_role(std::string_view name, Role& role)
{
    for (const Role candidate : {Role::Customer, Role::Representative, Role::Supervisor, Role::Administrator}) {
        if (role_name(candidate) == name) {
            role = candidate;
            return true;
        }
    }
    return false;
}

} // namespace base
