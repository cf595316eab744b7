#pragma once

#include "base/ids.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace base {

/// What a user may do. Staff are the last three; each includes what the one before may do.
enum class Role : std::uint8_t
{
    Customer,
    Representative,
    Supervisor,
    Administrator
};

/// Who may read a comment or an event.
enum class Visibility : std::uint8_t
{
    Public,
    Internal
};

/// "customer", "representative", "supervisor", "administrator": what the database and forms carry.
std::string_view role_name(Role role);
/// False when the name is none of the four.
bool parse_role(std::string_view name, Role& role);

/// Those for whom something is drawn once although several read it. A member of it is checked before, never here.
enum class Audience : std::uint8_t
{
    Customer,
    Staff
};

/// The person (or nobody) on whose behalf a request runs. Copied freely; holds no resources.
struct Visitor
{
    UserId user_id;
    Role role = Role::Customer;
    std::string username;
    std::string full_name;

    bool is_guest() const { return !user_id; }
    bool is_staff() const { return user_id && role != Role::Customer; }
    Audience audience() const { return is_staff() ? Audience::Staff : Audience::Customer; }
    bool is_at_least(Role wanted) const { return user_id && role >= wanted; }
};

} // namespace base
