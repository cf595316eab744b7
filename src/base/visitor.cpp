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

Text to_text(Role role)
{
    switch (role) {
    case Role::Customer:
        return Text("customer");
    case Role::Representative:
        return Text("representative");
    case Role::Supervisor:
        return Text("supervisor");
    case Role::Administrator:
        return Text("administrator");
    }
    throw std::logic_error("unknown role");
}

std::optional<Role> parse_role(std::string_view name)
{
    for (const Role role : {Role::Customer, Role::Representative, Role::Supervisor, Role::Administrator}) {
        if (role_name(role) == name)
            return role;
    }
    return std::nullopt;
}

std::string_view visibility_name(Visibility visibility)
{
    return visibility == Visibility::Public ? "public" : "internal";
}

std::optional<Visibility> parse_visibility(std::string_view name)
{
    for (const Visibility visibility : {Visibility::Public, Visibility::Internal}) {
        if (visibility_name(visibility) == name)
            return visibility;
    }
    return std::nullopt;
}

std::string full_name(std::string_view first_name, std::string_view last_name, std::string_view username)
{
    if (first_name.empty() && last_name.empty())
        return std::string(username);
    std::string name(first_name);
    if (!first_name.empty() && !last_name.empty())
        name += ' ';
    return name += last_name;
}

} // namespace base
