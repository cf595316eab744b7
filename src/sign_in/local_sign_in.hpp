#pragma once

#include "base/visitor.hpp"

#include <cstdint>

namespace sign_in {

/// Who may sign in with a password of ours. Customers always may.
enum class LocalSignIn : std::uint8_t
{
    All,
    /// Of the staff; the others sign in at the provider.
    Administrators
};

inline bool may_sign_in_locally(LocalSignIn rule, base::Role role)
{
    return rule == LocalSignIn::All || role == base::Role::Customer || role == base::Role::Administrator;
}

} // namespace sign_in
