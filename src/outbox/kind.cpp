#include "outbox/kind.hpp"

#include <array>
#include <stdexcept>

namespace outbox {

namespace {

struct Named
{
    Kind kind;
    std::string_view name;
};

constexpr std::array names = {Named{Kind::RequestReceived, "request_received"},
    Named{Kind::LeakReceived, "leak_received"}, Named{Kind::Replied, "replied"}, Named{Kind::Resolved, "resolved"},
    Named{Kind::Reopened, "reopened"}, Named{Kind::CustomerWrote, "customer_wrote"},
    Named{Kind::TakenOver, "taken_over"}, Named{Kind::EmergencyResolved, "emergency_resolved"},
    Named{Kind::EmergencyFalse, "emergency_false"}, Named{Kind::Digest, "digest"},
    Named{Kind::ConfirmEmail, "confirm_email"}, Named{Kind::PasswordReset, "password_reset"},
    Named{Kind::PasswordChanged, "password_changed"}, Named{Kind::EmailTaken, "email_taken"},
    Named{Kind::FactorOff, "factor_off"}, Named{Kind::FactorOn, "factor_on"},
    Named{Kind::EmailChanged, "email_changed"}, Named{Kind::NewDevice, "new_device"},
    Named{Kind::ProfileClosed, "profile_closed"}, Named{Kind::AccountAsked, "account_asked"},
    Named{Kind::AccountShared, "account_shared"}};

} // namespace

std::string_view kind_name(Kind kind)
{
    for (const Named& named : names) {
        if (named.kind == kind)
            return named.name;
    }
    throw std::logic_error("a mail of unknown kind is never written");
}

std::optional<Kind> parse_kind(std::string_view name)
{
    for (const Named& named : names) {
        if (named.name == name)
            return named.kind;
    }
    return std::nullopt;
}

bool can_be_repeated(Kind kind)
{
    return kind != Kind::Digest && kind != Kind::ConfirmEmail && kind != Kind::PasswordReset &&
           kind < Kind::NewDevice && !is_of_held_emergency(kind);
}

bool is_of_held_emergency(Kind kind)
{
    return kind >= Kind::TakenOver && kind <= Kind::EmergencyFalse;
}

bool is_of_security(Kind kind)
{
    return kind >= Kind::ConfirmEmail;
}

} // namespace outbox
