#pragma once
// The names that the database has for the kinds.

#include "notifications/notification.hpp"

#include <array>
#include <cstddef>
#include <string_view>

namespace notifications {

struct NamedKind
{
    Kind kind;
    std::string_view name;
};

/// In the order of Kind.
inline constexpr std::array kind_names = {NamedKind{Kind::LeakReported, "leak_reported"},
    NamedKind{Kind::LeakReopened, "leak_reopened"}, NamedKind{Kind::Resolved, "resolved"},
    NamedKind{Kind::Reopened, "reopened"}, NamedKind{Kind::Replied, "replied"}, NamedKind{Kind::Commented, "commented"},
    NamedKind{Kind::TakenOver, "taken_over"}, NamedKind{Kind::EmergencyResolved, "emergency_resolved"},
    NamedKind{Kind::EmergencyFalse, "emergency_false"}, NamedKind{Kind::WrongPasswords, "wrong_passwords"},
    NamedKind{Kind::WrongCodes, "wrong_codes"}, NamedKind{Kind::NewDevice, "new_device"},
    NamedKind{Kind::RecoveryCodeUsed, "recovery_code_used"}, NamedKind{Kind::FactorReset, "factor_reset"},
    NamedKind{Kind::AccountAsked, "account_asked"}, NamedKind{Kind::AccountShared, "account_shared"},
    NamedKind{Kind::AccountHeld, "account_held"}, NamedKind{Kind::Sentence, "sentence"}};

inline std::string_view kind_name(Kind kind)
{
    return kind_names.at(static_cast<std::size_t>(kind)).name;
}

} // namespace notifications
