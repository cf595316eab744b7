#pragma once

#include "base/ids.hpp"
#include "base/translatable.hpp"

#include <cstdint>
#include <optional>
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
/// In words, for pages.
Text to_text(Role role);
/// Nothing when the name is none of the four.
std::optional<Role> parse_role(std::string_view name);

/// "public" and "internal": what the database and forms carry.
std::string_view visibility_name(Visibility visibility);
/// Nothing when the name is neither.
std::optional<Visibility> parse_visibility(std::string_view name);

/// "Mei Chen", or the user name when no name is known.
std::string full_name(std::string_view first_name, std::string_view last_name, std::string_view username);

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
