#include "commands/admin/new_password.hpp"

#include "base/utf8.hpp"

#include <fmt/format.h>

#include <cstdlib>

namespace commands {

std::string must_answer(const Ask& ask, std::string_view question, bool hidden)
{
    auto answer = ask(question, hidden);
    if (!answer)
        throw Refused("the input ended; nothing was changed");
    return *answer;
}

std::string take_new_password(Asking asking, const Ask& ask)
{
    if (asking == Asking::Never) {
        const char* given = std::getenv(password_variable);
        if (given == nullptr || *given == '\0')
            throw Refused(fmt::format("--no-input needs the password in {}", password_variable));
        return given;
    }
    const std::string password = must_answer(ask, "Password (not shown)", true);
    if (base::nfc(must_answer(ask, "The same password again", true)) != base::nfc(password))
        throw Refused("the two passwords differ; nothing was changed");
    return password;
}

} // namespace commands
