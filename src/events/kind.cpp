#include "events/kind.hpp"

#include <array>
#include <stdexcept>

namespace events {

namespace {

struct Named
{
    Kind kind;
    std::string_view name;
};

constexpr std::array names = {Named{Kind::Submitted, "submitted"}, Named{Kind::Commented, "commented"},
    Named{Kind::Resolved, "resolved"}, Named{Kind::Reopened, "reopened"}, Named{Kind::Attached, "attached"},
    Named{Kind::Taken, "taken"}, Named{Kind::TakenOver, "taken_over"}, Named{Kind::GivenBack, "given_back"},
    Named{Kind::FalseAlarm, "false_alarm"}, Named{Kind::MadeSafe, "made_safe"}, Named{Kind::ReplyRead, "reply_read"},
    Named{Kind::WrittenDown, "written_down"}, Named{Kind::LinkWithdrawn, "link_withdrawn"},
    Named{Kind::MailedAgain, "mailed_again"}, Named{Kind::Created, "created"}, Named{Kind::Changed, "changed"},
    Named{Kind::RoleChanged, "role"}, Named{Kind::Activated, "activated"}, Named{Kind::Deactivated, "deactivated"},
    Named{Kind::Linked, "linked"}, Named{Kind::Unlinked, "unlinked"}, Named{Kind::AskedToShare, "asked_to_share"},
    Named{Kind::AskDeclined, "ask_declined"}, Named{Kind::AskEnded, "ask_ended"},
    Named{Kind::HolderChanged, "holder_changed"}, Named{Kind::SharingBegan, "sharing_began"},
    Named{Kind::SharingEnded, "sharing_ended"}, Named{Kind::SignedIn, "signed_in"},
    Named{Kind::SessionsEnded, "sessions_ended"}, Named{Kind::WrongCodes, "wrong_codes"},
    Named{Kind::PasswordChanged, "password_changed"}, Named{Kind::PasswordReset, "password_reset"},
    Named{Kind::Locked, "locked"}, Named{Kind::Unlocked, "unlocked"}, Named{Kind::WrongPasswords, "wrong_passwords"},
    Named{Kind::FactorOn, "factor_on"}, Named{Kind::FactorOff, "factor_off"}, Named{Kind::FactorReset, "factor_reset"},
    Named{Kind::RecoveryCodes, "recovery_codes"}, Named{Kind::RecoveryCodeUsed, "recovery_code_used"},
    Named{Kind::Exported, "exported"}};
static_assert(names.size() == static_cast<std::size_t>(Kind::Unknown), "each kind has a name");

} // namespace

std::string_view kind_name(Kind kind)
{
    for (const Named& named : names) {
        if (named.kind == kind)
            return named.name;
    }
    throw std::logic_error("an event of unknown kind is never written");
}

Kind parse_kind(std::string_view name)
{
    for (const Named& named : names) {
        if (named.name == name)
            return named.kind;
    }
    return Kind::Unknown;
}

} // namespace events
