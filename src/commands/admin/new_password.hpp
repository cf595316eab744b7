#pragma once

#include "commands/commands.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace commands {

/// Holds the password for commands that must not ask.
inline constexpr const char* password_variable = "GAS_UTILITY_SUPERUSER_PASSWORD";

enum class Asking : std::uint8_t
{
    Allowed,
    Never
};
/// Ask for a new password twice, or take it from the environment. Throws Refused.
std::string take_new_password(Asking asking, const Ask& ask);
/// Throws Refused when the input ends.
std::string must_answer(const Ask& ask, std::string_view question, bool hidden);

} // namespace commands
